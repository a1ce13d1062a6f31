// Hears what is new from the server, as long as the page is seen.

const PAUSES_MS = { first: 1000, longest: 30_000 }; // before news are asked for again

// *hello* is called whenever the server is there (again), *changed* when something was changed or
// built; both with the event, whose data is the version of the news. Only while the page is seen: a
// browser keeps six connections to a server for all its tabs.
export function follow({ hello, changed }) {
  let news = null;
  let opening = 0;
  let pause = PAUSES_MS.first;
  const shut = () => {
    clearTimeout(opening);
    news?.close();
    news = null;
  };
  const listen = () => {
    if (document.hidden) return shut();
    if (news) return undefined;
    clearTimeout(opening);
    news = new EventSource("/events");
    news.addEventListener("hello", (event) => {
      pause = PAUSES_MS.first;
      hello(event);
    });
    news.addEventListener("changed", changed);
    news.addEventListener("built", changed);
    news.addEventListener("error", ({ target }) => {
      // Where nobody answers the browser asks again; where something else answers it gives up.
      if (target !== news || target.readyState !== EventSource.CLOSED) return;
      news = null;
      opening = setTimeout(listen, pause);
      pause = Math.min(2 * pause, PAUSES_MS.longest);
    });
    return undefined;
  };
  listen();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
