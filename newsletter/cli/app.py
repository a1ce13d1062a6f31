"""The `newsletter` command: finds its subcommands when they are called for, ends with a code."""

import difflib
import importlib
import logging
import os
import signal
import sys
from typing import Any, NoReturn

import click

from newsletter import __version__
from newsletter.errors import NewsletterError

INTERRUPTED = 130  # 128 + SIGINT, as shells count

# Imported only when called: `newsletter --help` must not wait for a database or a number library.
_COMMANDS = {
    "add": "File one article: a web page, or a document.",
    "approve": "Say that the draft of a week may be published.",
    "backup": "Save the database into one file.",
    "build-issue": "Gather, and build the coming issue in every format.",
    "check": "Check whether a built issue is ready to be sent.",
    "config": "Check the configuration, or print its JSON Schema.",
    "doctor": "Look for what would keep the weekly run from running, with the remedy.",
    "dump": "Print all that is remembered, as JSON.",
    "edit": "Change a built issue by hand: reorder, drop, rewrite, bring in.",
    "edits": "List what was changed by hand in an issue; take it back.",
    "feeds": "List, check, add and remove feeds; import and export OPML.",
    "gather": "Ask every feed and read every seed; build nothing.",
    "history": "Tell what happened to a week, when and why.",
    "hold": "Keep the issue of a week from being published, until it is approved.",
    "init": "Make a fresh workspace.",
    "notify": "Send a test message to everyone who is told of the weekly run.",
    "plan": "List the coming instants of publication.",
    "preview": "Show issues in the browser as they will look; edit them there.",
    "publish": "Mark a built issue as published: its articles do not return.",
    "render": "Render an issue anew from its issue.json.",
    "restore": "Bring a saved database back.",
    "run": "Gather, build and publish on time: the weekly run.",
    "screenshot": "Take pictures of an issue in every view, with a local Chromium.",
    "show": "Show an issue in the terminal.",
    "skip": "Leave a week out: its articles go into the next issue.",
    "status": "Tell what comes next, what ran, and what is wrong.",
    "stories": "List the stories of a week; merge and split them by hand.",
    "why": "Tell why a story is one story, and why it stands where it does.",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"newsletter.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
        if args[0] not in _COMMANDS and near and not args[0].startswith("-"):
            raise click.UsageError(f"No such command {args[0]!r}; did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsletter")
def app() -> None:
    """Turn feeds and documents into a weekly issue: one story, all its sources.

    Reads feeds.yaml in this folder, or the file that --config names. Exit codes: 0 done,
    1 could not, 2 wrong usage or configuration, 130 interrupted.
    """


def main() -> None:
    """Run `newsletter` with the arguments of this process, and exit."""
    _exit(run(sys.argv[1:]))


def build_issue_main() -> None:
    """Run `build-issue`, which is `newsletter build-issue`, and exit."""
    _exit(run(["build-issue", *sys.argv[1:]], name="build-issue"))


def _exit(code: int) -> NoReturn:
    # All is said and done: Ctrl-C now ends the tidying up, and prints no traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)


def run(arguments: list[str], name: str = "newsletter") -> int:
    """Run the command line on *arguments* and return its exit code; errors go to stderr."""
    try:
        result: Any = app.main(arguments, prog_name="newsletter", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except NewsletterError as error:
        for line in str(error).splitlines():
            click.echo(f"{name}: {line}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"{name}: interrupted; what was done so far is kept", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        logging.getLogger("newsletter").debug("unexpected error", exc_info=True)
        click.echo(
            f"{name}: unexpected {type(error).__name__}: {error}\n"
            f"{name}: this is a fault in newsletter; -v shows where",
            err=True,
        )
        return 1
    return result if isinstance(result, int) else 0
