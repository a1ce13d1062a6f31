"""Embedding models behind their door: real ones, as small as a test can make them."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from desks import CONFIG, FLOOD_A, FLOOD_B, built
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from newsletter.embeddings import Embedder, open_embedder
from newsletter.errors import ConfigError
from newsletter.store import open_store

MODEL = "model2vec models/tiny"
WORDS = {"[UNK]": 0, "flood": 1, "deluge": 2, "election": 3}
VECTORS = np.array([[0.0, 0.0], [3.0, 1.0], [2.0, 1.0], [-1.0, 4.0]], dtype=np.float32)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    StaticModel(VECTORS, tokenizer).save_pretrained(str(tmp_path / "models" / "tiny"))
    return tmp_path


def test_a_model_in_a_folder_of_the_workspace_needs_no_network(workspace: Path):
    embed = open_embedder("model2vec", "models/tiny", workspace)

    flood, deluge, election = embed(["flood", "deluge", "election"])

    assert flood @ deluge > 0.9 > 0.1 > flood @ election
    assert embed.name == MODEL


def test_every_vector_has_length_one_that_of_an_empty_text_none(workspace: Path):
    embed = open_embedder("model2vec", "models/tiny", workspace)

    lengths = np.linalg.norm(embed(["flood flood election", ""]), axis=1)

    assert lengths == pytest.approx([1.0, 0.0])


def test_a_library_that_is_not_installed_is_named_with_the_way_to_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "wordllama", None)

    with pytest.raises(ConfigError, match=r"pip install 'newsletter\[wordllama\]'"):
        open_embedder("wordllama", None, workspace)


def test_a_folder_that_holds_no_model_is_an_error_that_names_it(workspace: Path):
    (workspace / "empty").mkdir()

    with pytest.raises(ConfigError, match=r"cannot open the model 'empty'"):
        open_embedder("model2vec", "empty", workspace)


def test_a_vector_that_is_no_number_is_none():
    embed = Embedder("broken", lambda _: [[float("nan"), 1.0], [float("inf"), 1.0], [3.0, 4.0]])

    assert embed(["flood", "deluge", "election"]).tolist() == [
        [0, 0],
        [0, 0],
        pytest.approx([0.6, 0.8]),
    ]


def test_a_build_asks_the_model_that_feeds_yaml_names_and_keeps_what_it_said(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    (workspace / "seeds").mkdir()
    (workspace / "seeds" / "a.txt").write_text(FLOOD_A, encoding="utf-8")
    (workspace / "seeds" / "b.md").write_text(FLOOD_B, encoding="utf-8")
    embeddings = "stories: {embeddings: model2vec, model: models/tiny}\n"
    (workspace / "feeds.yaml").write_text(CONFIG + embeddings, encoding="utf-8")
    monkeypatch.chdir(workspace)

    assert built() == 0

    with open_store(f"sqlite:///{workspace}/newsletter.db") as store:
        kept = store.embeddings(None, datetime(2027, 1, 1, tzinfo=UTC), model=MODEL)
    assert {len(one.vector) for one in kept.values()} == {8}
    assert len(kept) == 2


def test_a_model_that_is_missing_stops_the_build_before_anything_is_gathered(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (workspace / "empty").mkdir()
    embeddings = "stories: {embeddings: model2vec, model: empty}\n"
    (workspace / "feeds.yaml").write_text(CONFIG + embeddings, encoding="utf-8")
    monkeypatch.chdir(workspace)

    assert built() == 2

    assert "stories.embeddings: model2vec cannot open the model 'empty'" in capsys.readouterr().err
