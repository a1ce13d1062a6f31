"""Knows the tags that mail services fill in, and keeps those of others from being filled in."""

import re

# Who runs what: {{ }}, {% %}, {# #} most (Liquid, Handlebars, Django); *| |* Mailchimp; %% %%
# Salesforce; <% %> SendGrid, Adobe; %NAME% ActiveCampaign, Mailgun; ${ } and {$ } Mautic,
# MailerLite; [[ ]] GetResponse; {a.b} CiviCRM; [unsubscribe] Sendy, phpList, MailPoet.
_INSIDE = re.compile(
    r"(?<=\{)(?=[{%#$!])|(?<=[}%#])(?=\})"
    r"|(?<=\*)(?=\|)|(?<=\|)(?=\*)"
    r"|(?<=[%<])(?=%)|(?<=%)(?=>)"
    r"|(?<=%)(?=[A-Za-z_][\w.:-]{2,60}%)"
    r"|(?<=\$)(?=\{)"
    r"|(?<=\[)(?=\[)|(?<=\])(?=\])"
    r"|(?<=\{)(?=[A-Za-z_]\w{0,60}\.[\w.]{1,60}\}|unsubscribe)"
    r"|(?<=\[)(?=(?:un)?subscri|web ?version|(?:link|subscriber|newsletter):)",
    re.IGNORECASE,
)
_TAG = (
    r"\{\{[^{}]+\}\}|\{\{\{[^{}]+\}\}\}|\{%[^{}]+%\}|\$?\{[^{}]+\}|\*\|[^|]+\|\*|<%[^%]+%>"
    r"|%%[^%]+%%|%[A-Za-z_][^%\s]*%|\[\[[^\[\]]+\]\]|\[[^\[\]]+\]"
)
_WHOLE = re.compile(_TAG)
_IN_A_URL = re.compile(rf"https?://\S.*?(?:{_TAG}).*")


def broken(text: str) -> str:
    """Return *text* with a space in whatever a mail service would take for its tag.

    `{{name}}` becomes `{ {name} }`: it is seen and does nothing. "100% of" stays as it is.
    """
    return _INSIDE.sub(" ", text)


def is_tag(text: str) -> bool:
    """Return whether *text* is one merge tag, or a web address that holds some."""
    return bool(_WHOLE.fullmatch(text) or _IN_A_URL.fullmatch(text))
