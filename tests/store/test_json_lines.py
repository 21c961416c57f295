"""TinyDB on these files: its own API works on every table, and a change is one line."""

import ast
import inspect
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import Query, where
from tinydb.operations import delete
from tinydb.table import Document, Table

from tui.errors import ReadOnlyLibrary
from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store.json_lines import Draft, JsonLinesTable, LinesDB


@pytest.fixture
def table(path: Path) -> JsonLinesTable:
    """Three documents in a table of their own."""
    made = LinesDB(path).table("things")
    made.insert_multiple(Document({"n": n, "in": {"list": [n]}}, doc_id=key) for n, key in enumerate("abc"))
    return made


def written(path: Path, table: str = "things") -> list[Any]:
    return [msgspec.json.decode(line) for line in (path / f"{table}.jsonl").read_bytes().splitlines()]


def held(path: Path, table: str = "things") -> dict[str, Any]:
    """What a fresh look gives."""
    return {document.doc_id: dict(document) for document in LinesDB(path).table(table).all()}


# -- TinyDB's API ------------------------------------------


def test_documents_are_found_by_id_and_by_query(table: JsonLinesTable) -> None:
    assert [(document.doc_id, document["n"]) for document in table.all()] == [("a", 0), ("b", 1), ("c", 2)]
    assert table.get(doc_id="b")["n"] == 1
    assert table.get(doc_id="z") is None
    assert [d["n"] for d in table.search(Query().n > 0)] == [1, 2]
    assert table.get(where("n") == 2).doc_id == "c"
    assert table.contains(doc_id="a")
    assert not table.contains(where("n") == 9)
    assert table.count(where("n") < 2) == 2
    assert len(table) == 3
    assert [document.doc_id for document in table] == ["a", "b", "c"]


def test_a_change_writes_only_what_changed(path: Path, table: JsonLinesTable) -> None:
    assert written(path) == [{k: {"n": n, "in": {"list": [n]}} for n, k in enumerate("abc")}]
    table.update({"n": 7}, doc_ids=["b"])
    table.update({"n": 8}, where("n") == 2)
    table.update(lambda document: document["in"]["list"].append(5), doc_ids=["a"])
    table.remove(doc_ids=["a"])
    table.upsert(Document({"n": 9}, doc_id="d"))
    table.upsert({"n": 10}, where("n") == 9)
    table.update(delete("in"), doc_ids=["c"])
    table.update_multiple([({"n": 11}, where("n") == 7)])
    assert written(path)[1:] == [
        {"b": {"n": 7, "in": {"list": [1]}}},
        {"c": {"n": 8, "in": {"list": [2]}}},
        {"a": {"n": 0, "in": {"list": [0, 5]}}},
        {"a": None},
        {"d": {"n": 9}},
        {"d": {"n": 10}},
        {"c": {"n": 8}},
        {"b": {"n": 11, "in": {"list": [1]}}},
    ]
    assert held(path) == {"b": {"n": 11, "in": {"list": [1]}}, "c": {"n": 8}, "d": {"n": 10}}
    assert held(path) == {document.doc_id: dict(document) for document in table.all()}


def test_a_change_of_nothing_writes_nothing(path: Path, table: JsonLinesTable) -> None:
    before = written(path)
    table.update({"n": 0}, doc_ids=["a"])
    table.update({"n": 5}, where("n") == 9)
    table.remove(where("n") == 9)
    assert written(path) == before


def test_an_updater_that_raises_changes_nothing(path: Path, table: JsonLinesTable) -> None:
    before, shown = written(path), table.all()

    def spoil(document: dict[str, Any]) -> None:
        document["in"]["list"].append("half")
        if document["n"] == 1:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        table.update(spoil)
    with pytest.raises(TypeError):
        table.update({"n": "\ud800"}, doc_ids=["a"])
    with pytest.raises(TypeError):
        table.update({"n": object()}, doc_ids=["a"])
    assert written(path) == before
    assert table.all() == shown


def test_a_table_can_be_emptied_at_once(path: Path, table: JsonLinesTable) -> None:
    table.truncate()
    assert written(path)[1:] == [{"a": None, "b": None, "c": None}]
    assert held(path) == {}
    table.truncate()
    assert len(written(path)) == 2
    table.insert(Document({"n": 1}, doc_id="a"))
    assert held(path) == {"a": {"n": 1}}


def test_tables_can_be_listed_and_dropped(path: Path, table: JsonLinesTable) -> None:
    """The others stay as they are, to the byte: papers know where in a file their abstracts lie."""
    assert len(table) == 3
    db = LinesDB(path)
    db.table("others").insert(Document({"x": 1}, doc_id="x"))
    db.table("others").update({"x": 2}, doc_ids=["x"])
    kept = (path / "others.jsonl").read_bytes()
    assert db.tables() == {"things", "others"}
    db.drop_table("things")
    assert db.tables() == {"others"}
    assert (path / "others.jsonl").read_bytes() == kept
    assert table.all() == []
    db.drop_tables()
    assert db.tables() == set()
    assert not list(path.glob("*.jsonl"))


def test_what_tinydb_makes_is_private_too(path: Path, table: JsonLinesTable) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.iterdir()} == {0o600}


def test_two_look_at_one_table(path: Path, table: JsonLinesTable) -> None:
    other = LinesDB(path).table("things")
    assert other.search(where("n") == 5) == []
    table.update({"n": 5}, doc_ids=["a"])
    assert [document.doc_id for document in other.search(where("n") == 5)] == ["a"]
    other.update(lambda document: document.update(n=document["n"] + 1), doc_ids=["a"])
    assert table.get(doc_id="a")["n"] == 6


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"5",
        b'{"a": 5}',
        b'{"a": [1]}',
        b'{"a": NaN}',
        b'{"a": {"n": "\xff"}}',
        b"[" * 99_999,
        b"",
    ],
)
def test_a_damaged_line_is_passed_over(path: Path, table: JsonLinesTable, line: bytes) -> None:
    before = table.all()
    with (path / "things.jsonl").open("ab") as file:
        file.write(line + b"\n")
    assert LinesDB(path).table("things").all() == before == table.all()
    table.update({"n": 5}, doc_ids=["c"])
    assert held(path)["c"]["n"] == 5


def test_a_read_only_library_can_be_read(path: Path, table: JsonLinesTable, failing: Any) -> None:
    with failing("open", 30):
        fresh = LinesDB(path).table("things")
        assert len(fresh) == 3
        assert len(LinesDB(path).table("none")) == 0
        with pytest.raises(ReadOnlyLibrary):
            fresh.update({"n": 5}, doc_ids=["a"])
        assert fresh.get(doc_id="a")["n"] == 0


def test_the_librarys_own_tables(path: Path, library: Library, opened: Callable[..., Library]) -> None:
    """What papertui writes TinyDB reads, and the other way round."""
    paper_id, *_ = library.papers
    decision = library.decide("star", [paper_id], VERBS["star"])
    db = LinesDB(path)
    assert db.tables() == {"papers", "abstracts", "digests", "decisions"}
    papers = db.table("papers")
    assert [document["title"] for document in papers.all()] == ["Swin", "Mamba", "Jamba"]
    assert db.table("abstracts").get(doc_id=paper_id) == {"text": "The abstract of Swin."}
    assert db.table("decisions").get(doc_id=decision.id)["papers"] == [paper_id]
    (digest,) = db.table("digests").all()
    assert digest["records"] == 3
    papers.update({"comments": 7}, where("title") == "Swin")
    papers.remove(where("title") == "Mamba")
    papers.upsert(
        Document({**papers.get(where("title") == "Jamba"), "title": "JAMBA"}, doc_id=list(library.papers)[2])
    )
    assert library.refresh() == (True, set())
    for seen in (library, opened()):
        assert [(p.title, p.comments) for p in seen.papers.values()] == [("Swin", 7), ("JAMBA", None)]
        assert seen.abstract(seen.papers[paper_id]) == "The abstract of Swin."
        assert seen.counts()["starred"] == 1


# -- TinyDB's inside ------------------------------------------


def test_tinydb_still_does_all_its_work_through_the_two_methods_we_override() -> None:
    """Where this fails, a new TinyDB reads or writes past JsonLinesTable: look there before anything else."""
    tree = ast.parse(inspect.getsource(Table))
    users: dict[str, set[str]] = {"_read_table": set(), "_update_table": set(), "_storage": set()}
    (body,) = tree.body
    assert isinstance(body, ast.ClassDef)
    for function in body.body:
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and node.attr in users:
                    users[node.attr].add(function.name)
    assert users["_storage"] == {
        "__init__",
        "__repr__",
        "storage",
        "_read_table",
        "_update_table",
    }
    assert users["_read_table"] == {"search", "get", "__len__", "__iter__", "_get_next_id"}
    assert users["_update_table"] == {
        "__init__",
        "insert",
        "insert_multiple",
        "update",
        "update_multiple",
        "remove",
        "truncate",
    }
    assert list(inspect.signature(Table._read_table).parameters) == ["self"]
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"]


def test_tinydb_asks_of_a_table_no_more_than_a_draft_can() -> None:
    """The mapping an updater is given: it must leave the documents alone and know what it touched."""
    documents = {"a": {"n": [1]}, "b": {"n": [2]}}
    draft = Draft(documents)
    draft["a"]["n"].append(5)
    draft["c"] = {"n": []}
    del draft["b"]
    assert documents == {"a": {"n": [1]}, "b": {"n": [2]}}
    assert draft.changes() == {"a": {"n": [1, 5]}, "b": None, "c": {"n": []}}
    assert list(draft) == list(draft.keys()) == ["a", "c"]
    assert len(draft) == 2
    assert "b" not in draft
    assert "c" in draft
    with pytest.raises(KeyError):
        draft["b"]
    with pytest.raises(KeyError):
        draft["z"]
    draft["b"] = {"n": [2]}
    assert draft.pop("c") == {"n": []}
    assert draft.changes() == {"a": {"n": [1, 5]}}
    draft.clear()
    assert list(draft) == []
    assert draft.changes() == {"a": None, "b": None}


def test_nothing_here_imports_what_windows_lacks() -> None:
    """Our own modules can be imported where there is no fcntl."""
    code = (
        "import sys; sys.modules['fcntl'] = None\n"
        "import tui.store.json_lines, tui.store.durable, tui.store.lines, tui.store.database\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
