"""The doctor: what it finds, what it advises, and that nothing broken keeps it from the rest."""

from pathlib import Path

import pytest
from desks import NOW
from doctoring import AT, configured, kept_store, looked, made_database, verdicts  # noqa: F401 - fixtures
from mail_server import closed_port, post_office

from newsletter.cli.app import run
from newsletter.errors import StoreError
from newsletter.model import Visit
from newsletter.pipeline.doctor import Finding, by_weight, examine, space
from newsletter.store import open_store

# What the whole command does.


def test_a_sound_workspace_has_no_fault(store: Path, capsys: pytest.CaptureFixture[str]):
    code = run(["doctor", "--offline", "--now", NOW])

    told = capsys.readouterr()
    assert code == 0
    assert "0 faults" in told.err
    assert "sound, writable" in told.out
    assert "is due Sunday 22 November 2026, 18:00 (UTC+00:00)" in told.out


def test_faults_come_last_each_above_its_remedy(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    configured(workspace, "notify: [{webhook_env: NO_SUCH_HOOK}]")

    code = run(["doctor", "--offline", "--now", NOW])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert lines[-2].startswith("fault")
    assert "NO_SUCH_HOOK is not set" in lines[-2]
    assert lines[-1].strip().startswith("→ set NO_SUCH_HOOK")


def test_quiet_leaves_out_what_is_well(workspace: Path, capsys: pytest.CaptureFixture[str]):
    run(["doctor", "--offline", "--now", NOW, "--quiet"])

    assert not [line for line in capsys.readouterr().out.splitlines() if line.startswith("ok")]


def test_nothing_is_made_or_changed(workspace: Path):
    before = sorted(workspace.rglob("*"))

    looked("database", "disk", "rights", "clock", "weekly run", "feeds", "notifiers")

    assert sorted(workspace.rglob("*")) == before


def test_without_a_configuration_the_rest_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds.yaml").write_text("titel: x\ntimezone: Mars\n")

    found = looked("configuration", "templates", "clock")

    assert verdicts(found) == ["fault"] * 4 + ["warning", "ok", "ok"]


def test_a_check_that_breaks_does_not_end_the_others():
    def breaks() -> list[Finding]:
        raise ZeroDivisionError("by nought")

    well = Finding(check="b", verdict="ok", text="well")

    found = examine([("a", breaks), ("b", lambda: [well])])

    assert [one.verdict for one in found] == ["fault", "ok"]
    assert "by nought" in found[0].text


def test_an_error_is_told_as_what_is_and_what_to_do():
    def raises() -> list[Finding]:
        raise StoreError("x.db: it is read-only; give this user the right to write it")

    (found,) = examine([("database", raises)])

    assert found.text == "x.db: it is read-only"
    assert found.remedy == "give this user the right to write it"


def test_faults_are_sorted_to_the_end():
    mixed = [Finding(check=v, verdict=v, text="") for v in ("fault", "ok", "warning")]  # type: ignore[arg-type]

    assert [one.verdict for one in by_weight(mixed)] == ["ok", "warning", "fault"]


# Disk and rights.


@pytest.mark.parametrize(
    ("free", "verdict"), [(10_000_000, "fault"), (200_000_000, "warning"), (10**11, "ok")]
)
def test_little_space_is_told_before_it_is_none(free: int, verdict: str):
    assert space("disk", "dist", free).verdict == verdict


def test_an_output_folder_that_cannot_be_is_a_fault(workspace: Path):
    configured(workspace, "output: /proc/nothing")

    found = looked("rights")

    assert "fault" in verdicts(found)


def test_a_missing_folder_of_seeds_is_a_warning(workspace: Path):
    configured(workspace, "  - {name: Other, seeds: nowhere/}")

    found = looked("rights")

    assert [one.text for one in found if one.verdict == "warning"] == [
        f"{workspace / 'nowhere'}: there is no such folder"
    ]


# Mail, notifiers, feeds, extras, what the issue needs.


def test_the_mail_server_is_greeted_and_sent_nothing(workspace: Path):
    with post_office() as office:
        configured(workspace, f"smtp: {{host: 127.0.0.1, port: {office.port}, security: none}}")

        found = looked("smtp", offline=False)

    assert verdicts(found) == ["ok"]
    assert office.letters == []


def test_a_mail_server_that_is_down_is_a_fault(workspace: Path):
    configured(workspace, f"smtp: {{host: 127.0.0.1, port: {closed_port()}, security: none}}")

    assert verdicts(looked("smtp", offline=False)) == ["fault"]


def test_a_password_that_is_not_set_is_a_fault_even_offline(workspace: Path):
    configured(workspace, "smtp: {host: mail.example, username: tide, password_env: NO_SUCH_WORD}")

    found = looked("smtp")

    assert verdicts(found) == ["fault"]
    assert "NO_SUCH_WORD" in found[0].text


@pytest.mark.parametrize(
    ("notify", "verdict"),
    [
        ("", "warning"),
        ("notify: [{command: [sh, -c, 'exit 0']}]", "ok"),
        ("notify: [{command: [/no/such/program]}]", "fault"),
        ("notify: [{webhook: 'https://hooks.example/x'}]", "ok"),
        ("notify: [{webhook_env: NO_SUCH_HOOK}]", "fault"),
    ],
    ids=["nobody", "program", "no program", "webhook", "no variable"],
)
def test_notifiers_are_looked_at_and_nobody_is_told(workspace: Path, notify: str, verdict: str):
    configured(workspace, notify)

    assert verdicts(looked("notifiers")) == [verdict]


def test_feeds_of_which_none_can_be_read_are_a_fault(store: Path):
    url = "https://tide.example/feed"
    configured(store, f"  - {{name: Other, feeds: ['{url}']}}")
    with open_store("sqlite:///newsletter.db") as kept:
        kept.save_visits([Visit(url=url, checked_at=AT, failures=1, error="no answer")])

    found = looked("feeds")

    assert verdicts(found) == ["fault"]
    assert "newsletter feeds check" in found[0].remedy


def test_an_extra_that_the_settings_need_is_missed_and_others_are_not(workspace: Path):
    assert looked("extras") == []
    configured(workspace, "stories: {embeddings: wordllama}")

    (found,) = looked("extras")

    assert found.remedy == "pip install 'newsletter[wordllama]'"


def test_placeholders_and_a_missing_sender_are_warnings(workspace: Path):
    config = workspace / "feeds.yaml"
    text = config.read_text().replace("https://tide.example\n", "https://news.example.org\n")
    config.write_text("\n".join(line for line in text.split("\n") if "sender" not in line))

    url, sender = looked("base URL")

    assert "placeholder" in url.text
    assert sender.remedy == "write sender in feeds.yaml"


def test_a_template_with_a_fault_is_a_fault(workspace: Path):
    (workspace / "templates").mkdir()
    (workspace / "templates" / "issue.txt.j2").write_text("{% if %}")

    found = looked("templates")

    assert "fault" in verdicts(found)


def test_a_browser_that_is_named_and_is_none_is_a_warning(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NEWSLETTER_CHROMIUM", "/no/such/browser")

    assert verdicts(looked("browser")) == ["warning"]
