"""Keymaps: the shipped ones work in a real terminal, and each fault is refused with its sentence."""

import re
import string
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character
from textual.screen import Screen

from tui.errors import KeymapError
from tui.keymap import Keymap, load_keymap, shipped
from tui.ui.commands import ACTS, BY_ID, COMMANDS, LAST, OTHER_ACTS
from tui.ui.verdicts import VERDICTS

HEAD = 'name = "mine"\ndescription = "Mine."\nextends = "default"\ndigits = "counts"\n'


def arrivals(data: str) -> list[str]:
    """The keys Textual sees when a terminal sends these bytes."""
    parser = XTermParser()
    events = [*parser.feed(data), *parser.feed("")]
    return [event.key for event in events if isinstance(event, Key)]


def sendable() -> set[str]:
    """Keys that a terminal without the kitty protocol can send, as Textual sees them."""
    data = [chr(code) for code in range(128)]
    data += [f"\x1b{letter}" for letter in string.ascii_letters]
    for modifier in ("", *"2345678"):
        prefix = f"1;{modifier}" if modifier else ""
        data += [f"\x1b[{prefix}{end}" for end in "ABCDFH"]
        data += [f"\x1b[{prefix}{end}" if modifier else f"\x1bO{end}" for end in "PQRS"]
        suffix = f";{modifier}" if modifier else ""
        numbers = (2, 3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24)
        data += [f"\x1b[{number}{suffix}~" for number in numbers]
    return {key for sent in [*data, "\x1b[Z"] for key in arrivals(sent)}


SENDABLE = sendable()


def is_known_to_textual(key: str) -> bool:
    *modifiers, last = key.split("+")
    named = last in {known.value for known in Keys} or last in KEY_NAME_REPLACEMENTS.values()
    named = named or key_to_character(last) is not None
    return named and modifiers == sorted(modifiers) and set(modifiers) <= {"alt", "ctrl", "shift"}


def write(folder: Path, text: str) -> str:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def spellings(key: str) -> tuple[str, ...]:
    """The names under which a keymap binds this one key."""
    only = dict.fromkeys(BY_ID, "") | {"app.quit": key.replace(",", "comma")}
    return load_keymap("default", only).keys["app.quit"]


def refusal(name: str, own: dict[str, object] | None = None) -> str:
    with pytest.raises(KeymapError) as caught:
        load_keymap(name, own or {})
    return str(caught.value)


# The shipped keymaps


def test_five_keymaps_are_shipped_default_first():
    assert shipped() == ["default", "arrows", "emacs", "newsboat", "vim"]


@pytest.fixture(params=shipped())
def keymap(request: pytest.FixtureRequest) -> Keymap:
    return load_keymap(request.param)


def test_a_shipped_keymap_is_named_like_its_file_and_says_what_it_is(request, keymap: Keymap):
    assert keymap.name == request.node.callspec.params["keymap"]
    assert keymap.description.endswith(".")
    assert keymap.digits == ("counts" if keymap.name in ("default", "vim") else "views")
    assert keymap.own == frozenset()


def test_a_shipped_keymap_holds_every_command_and_no_other(keymap: Keymap):
    assert list(keymap.keys) == [command.id for command in COMMANDS]


def test_a_shipped_keymap_has_no_key_twice(keymap: Keymap):
    keys = [key for keys in keymap.keys.values() for key in keys]
    assert len(set(keys)) == len(keys)


def test_a_shipped_keymap_keeps_a_way_to_quit_undo_and_help(keymap: Keymap):
    assert keymap.keys["app.quit"] or keymap.keys["app.quit_now"]
    assert keymap.keys["history.undo"]
    assert keymap.keys["app.help"]
    assert keymap.keys["app.palette"]


def test_every_key_is_spelled_as_textual_spells_it(keymap: Keymap):
    keys = [key for keys in keymap.keys.values() for key in keys]
    assert keys
    assert [key for key in keys if not is_known_to_textual(key)] == []


def test_every_key_can_be_sent_by_a_plain_terminal(keymap: Keymap):
    """One spelling of each arrives without the kitty protocol: over ssh, in tmux."""
    for command_id in keymap.keys:
        for shown in keymap.keys_of(command_id):
            assert SENDABLE.intersection(spellings(shown)), (command_id, shown)


def test_no_key_is_a_digit(keymap: Keymap):
    assert not any(key.isdecimal() for keys in keymap.keys.values() for key in keys)


def test_arrows_needs_no_letters():
    for keys in load_keymap("arrows").keys.values():
        assert not any(key.isalpha() and len(key) == 1 for key in keys)


@pytest.mark.parametrize(
    ("name", "command_id", "keys"),
    [
        ("default", "paper.later", ("l", "f")),
        ("vim", "paper.later", ("f",)),
        ("vim", "paper.star", ("s",)),
        ("emacs", "list.half_down", ()),
        ("newsboat", "paper.read", ("N",)),
        ("arrows", "paper.star", ("right",)),
        ("arrows", "paper.tag_again", ()),
    ],
)
def test_a_keymap_lies_over_the_one_it_extends(name: str, command_id: str, keys: tuple[str, ...]):
    assert load_keymap(name).keys_of(command_id) == keys


# Spelling


@pytest.mark.parametrize(
    ("written", "bound", "shown"),
    [
        ("x", {"x"}, "x"),
        ("X", {"X", "shift+x"}, "X"),
        ("shift+x", {"X", "shift+x"}, "X"),
        ("É", {"É", "shift+é"}, "É"),
        ("ы", {"ы"}, "ы"),
        ("%", {"percent_sign"}, "%"),
        ("percent_sign", {"percent_sign"}, "%"),
        ("comma", {"comma"}, ","),
        ("+", {"plus"}, "+"),
        ("-", {"minus"}, "-"),
        ("\\", {"backslash"}, "\\"),
        ("ctrl+]", {"ctrl+right_square_bracket"}, "ctrl+]"),
        ("ctrl+space", {"ctrl+@", "ctrl+space"}, "ctrl+space"),
        ("ctrl+@", {"ctrl+@", "ctrl+space"}, "ctrl+space"),
        ("ctrl+/", {"ctrl+slash", "ctrl+underscore", "ctrl+shift+minus"}, "ctrl+/"),
        ("ctrl+underscore", {"ctrl+slash", "ctrl+underscore", "ctrl+shift+minus"}, "ctrl+/"),
        ("alt+x", {"alt+x"}, "alt+x"),
        ("alt+X", {"alt+shift+x"}, "alt+shift+x"),
        ("shift+ctrl+end", {"ctrl+shift+end"}, "ctrl+shift+end"),
        ("f12", {"f12"}, "f12"),
    ],
)
def test_a_key_is_bound_under_every_name_and_shown_under_one(written: str, bound: set[str], shown: str):
    keymap = load_keymap("default", dict.fromkeys(BY_ID, "") | {"app.quit": written})
    assert set(keymap.keys["app.quit"]) == bound
    assert keymap.keys_of("app.quit") == (shown,)
    assert all(is_known_to_textual(key) for key in bound)


def test_keys_come_as_one_text_or_as_a_list():
    for written in (";, f9", [";", "f9"], ";,f9,semicolon"):
        assert load_keymap("default", {"theme.pick": written}).keys_of("theme.pick") == (";", "f9")


def test_exactly_those_keys_can_be_had_that_a_plain_terminal_sends():
    """All but the digits, which are for counts and views."""
    last = [*string.ascii_letters, *string.digits, *string.punctuation]
    last += [key.value for key in Keys if "+" not in key.value]
    modifiers = ["", "alt+", "ctrl+", "shift+", "alt+ctrl+", "alt+shift+", "ctrl+shift+"]
    modifiers.append("alt+ctrl+shift+")
    accepted: set[str] = set()
    for written in [modifier + key for modifier in modifiers for key in last]:
        try:
            names = spellings(written)
        except KeymapError:
            continue
        assert SENDABLE.intersection(names), written
        accepted.update(names)
    assert SENDABLE - accepted == set(string.digits)


@given(st.text(max_size=12) | st.text(alphabet="altctrlshif+,[]xXé ", max_size=12))
def test_whatever_is_written_is_a_key_that_works_or_a_sentence(written: str):
    try:
        keymap = load_keymap("default", {"theme.pick": written})
    except KeymapError:
        return
    shown = ",".join(key.replace(",", "comma") for key in keymap.keys_of("theme.pick"))
    assert load_keymap("default", {"theme.pick": shown}).keys == keymap.keys


# What Textual does with it


class Pressed(App[None], inherit_bindings=False):
    """Tells which command a key called. Textual's own bindings (tab, ctrl+c, ctrl+q) are left out:
    they have no id, so no keymap moves them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.no_key, f"hit('{command.id}')", id=command.id) for command in COMMANDS
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[str] = []

    def get_default_screen(self) -> Screen[None]:
        return Bare()

    def action_hit(self, command_id: str) -> None:
        self.hits.append(command_id)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        raise AssertionError(clashed_bindings)


class Bare(Screen[None], inherit_bindings=False):
    """A screen without tab and shift+tab."""


async def test_every_key_of_a_keymap_calls_its_command_and_only_it(keymap: Keymap):
    app = Pressed()
    async with app.run_test():
        app.set_keymap(keymap.textual_keymap())
        called = {key: active.binding.id for key, active in app.screen.active_bindings.items()}
        bound = {key: command_id for command_id, keys in keymap.keys.items() for key in keys}
        unbound = {BY_ID[key].no_key: key for key, keys in keymap.keys.items() if not keys}
        assert called == bound | unbound


async def test_pressed_keys_call_their_commands():
    app = Pressed()
    async with app.run_test() as pilot:
        app.set_keymap(load_keymap("default", {"theme.pick": "ctrl+space"}).textual_keymap())
        await pilot.press("s", "G", "shift+g", "right_square_bracket", "full_stop", "ctrl+@", "tab")
        assert app.hits == [
            "paper.star",
            "list.last",
            "list.last",
            "view.next",
            "repeat.last",
            "theme.pick",
            "list.next_unread",
        ]


async def test_a_key_taken_away_does_nothing_even_where_a_binding_declares_it():
    class Declared(App[None]):
        BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "hit", id="paper.star")]
        hits = 0

        def action_hit(self) -> None:
            self.hits += 1

    app = Declared()
    async with app.run_test() as pilot:
        await pilot.press("s")
        assert app.hits == 1
        app.set_keymap(load_keymap("default", {"paper.star": ""}).textual_keymap())
        await pilot.press("s")
        assert app.hits == 1


# The user's own keys


def test_own_keys_replace_those_of_the_keymap_and_are_known_as_own():
    keymap = load_keymap("default", {"paper.star": "h", "paper.done": "d", "paper.tag_again": ""})
    assert keymap.keys_of("paper.star") == ("h",)
    assert keymap.keys_of("paper.tag_again") == ()
    assert keymap.own == {"paper.star", "paper.tag_again"}


def test_two_commands_may_change_places():
    keymap = load_keymap("default", {"paper.star": "d", "paper.done": "s"})
    assert keymap.keys_of("paper.star") == ("d",)
    assert keymap.keys_of("paper.done") == ("s",)


def test_a_key_taken_from_another_command_is_refused_with_what_to_add():
    said = refusal("default", {"paper.star": "l"})
    assert said == (
        'config.toml: l would be the key of both "paper.later" and "paper.star";'
        ' say what "paper.later" has instead: "paper.later" = "f".'
    )
    assert load_keymap("default", {"paper.star": "l", "paper.later": "f"})


@pytest.mark.parametrize("command_id", [c.id for c in COMMANDS if load_keymap("default").keys[c.id]])
def test_the_remedy_for_a_clash_cures_it(command_id: str):
    taken = load_keymap("default").keys_of(command_id)[0]
    own: dict[str, object] = {"theme.pick": taken}
    said = refusal("default", own)
    found = re.search(r'instead: "(.*)" = "(.*)"\.$', said)
    assert found, said
    assert found[1] == command_id
    assert load_keymap("default", own | {found[1]: found[2]}).keys_of("theme.pick") == (taken,)


def test_one_key_given_to_two_commands_at_once_names_both():
    said = refusal("default", {"paper.star": "h", "paper.done": "h"})
    assert 'h would be the key of both "paper.star" and "paper.done"; leave it to one' in said


@pytest.mark.parametrize(("one", "other"), [("C", "shift+c"), ("ctrl+/", "ctrl+_")])
def test_two_spellings_of_one_key_clash(one: str, other: str):
    assert "leave it to one" in refusal("default", {"paper.star": one, "paper.done": other})


@pytest.mark.parametrize("name", shipped())
def test_the_last_way_to_quit_cannot_be_taken_away(name: str):
    said = refusal(name, {"app.quit": "", "app.quit_now": ""})
    assert said.startswith("config.toml: no key is left to quit with")
    assert '"app.quit" = "q"' in said


def test_one_way_to_quit_is_enough():
    assert load_keymap("default", {"app.quit": ""}).keys_of("app.quit_now") == ("ctrl+q", "ctrl+c")


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"paper.strar": "x"}, '"paper.strar" is no command (did you mean "paper.star"?)'),
        ({"zzz": "x"}, '"zzz" is no command; `papertui keys` lists them'),
        ({"paper.star": 5}, '"paper.star" must be keys in quotes, as "l,f" or ["l", "f"], not 5'),
        ({"paper.star": ["x", True]}, '"paper.star" must be keys in quotes'),
        ({"h": "paper.tag,paper.star"}, 'are a list: "h" = ["paper.tag", "paper.star"]'),
        ({"h": "paper.star"}, 'the command stands on the left, its keys on the right: "paper.star"'),
        ({"paper.star": "pagdown"}, 'no such key (did you mean "pagedown"?)'),
        ({"paper.star": "Esc"}, 'no such key (did you mean "escape"?)'),
        ({"paper.star": "C-x"}, "no such key; write it like x, G, ctrl+r, f1 or pagedown"),
        ({"paper.star": "f13"}, "no such key"),
        ({"paper.star": "x,,y"}, "commas part the keys of a list; write the key itself as comma"),
        ({"paper.star": ","}, "write the key itself as comma"),
        ({"paper.star": [","]}, "write the key itself as comma"),
        ({"paper.star": "ctrl+,"}, "write the key itself as comma"),
        ({"paper.star": "super+x"}, "only ctrl+, alt+ and shift+ reach a program in a terminal"),
        ({"paper.star": "1"}, "digits are for counts and views"),
        ({"paper.star": "0"}, "digits are for counts and views"),
    ],
)
def test_each_fault_has_its_sentence(own: dict[str, object], sentence: str):
    said = refusal("default", own)
    assert said.startswith("config.toml: ")
    assert sentence in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("key", "sent", "arrives"),
    [
        ("ctrl+i", "\t", "tab"),
        ("ctrl+m", "\r", "enter"),
        ("ctrl+h", "\x08", "backspace"),
        ("ctrl+[", "\x1b", "escape"),
        ("alt+f", "\x1bf", "ctrl+right"),
        ("alt+b", "\x1bb", "ctrl+left"),
        ("alt+tab", "\x1b\t", "shift+tab"),
        ("alt+backspace", "\x1b\x7f", "ctrl+w"),
        ("alt+enter", "\x1b\r", "enter"),
        ("alt+space", "\x1b ", "space"),
        ("alt+ctrl+a", "\x1b\x01", "ctrl+a"),
        ("ctrl+shift+a", "\x01", "ctrl+a"),
        ("ctrl+R", "\x12", "ctrl+r"),
    ],
)
def test_a_key_that_arrives_as_another_is_refused_by_that_name(key: str, sent: str, arrives: str):
    assert arrivals(sent) == [arrives]
    assert f"terminals send it as {arrives}" in refusal("default", {"theme.pick": key})


@pytest.mark.parametrize("sign", "<>_.;/?'=")
def test_alt_with_a_sign_is_refused_as_it_arrives_bare(sign: str):
    assert f"alt+{sign}" not in SENDABLE
    said = refusal("default", {"theme.pick": f"alt+{sign}"})
    assert f"terminals send it as {sign} alone" in said


@pytest.mark.parametrize("digit", string.digits)
def test_alt_with_a_digit_is_refused_as_it_arrives_as_another_character(digit: str):
    assert arrivals(f"\x1b{digit}") != [f"alt+{digit}"]
    assert "another character" in refusal("default", {"theme.pick": f"alt+{digit}"})


@pytest.mark.parametrize("key", ["shift+enter", "ctrl+enter", "shift+space", "ctrl+1", "shift+/"])
def test_keys_that_only_the_kitty_protocol_sends_are_refused(key: str):
    assert "terminals send it as" in refusal("default", {"theme.pick": key})


# Macros: several commands on one key


def test_a_key_with_a_list_of_commands_is_a_macro():
    keymap = load_keymap("default", {"C": ["paper.star", "paper.tag_again", "list.next_unread"]})
    (macro,) = keymap.macros.values()
    assert (macro.id, macro.keys) == ("C", ("C", "shift+c"))
    assert macro.does == ("paper.star", "paper.tag_again", "list.next_unread")
    assert macro.words == macro.help == "star, tag again, next"
    assert keymap.keys_of("C") == ("C",)
    assert keymap.own == {"C"}
    assert keymap.textual_keymap()["C"] == "C,shift+c"
    assert list(keymap.keys) == [command.id for command in COMMANDS]


def test_a_macro_may_have_words_of_its_own():
    own = {"ctrl+k": {"does": ["paper.star"], "words": " keep\x1b it "}}
    assert load_keymap("default", own).macros["ctrl+k"].words == "keep it"


def test_a_macro_of_a_file_is_known_until_the_users_own_keys_say_otherwise(tmp_path: Path):
    name = write(tmp_path, HEAD + '[keys]\nC = ["paper.star"]\nh = { does = ["paper.done"], words = "x" }\n')
    assert list(load_keymap(name).macros) == ["C", "h"]
    assert load_keymap(name).own == frozenset()
    changed = load_keymap(name, {"C": ["paper.later"], "h": ""})
    assert {key: macro.does for key, macro in changed.macros.items()} == {"C": ("paper.later",)}
    assert changed.own == {"C"}
    said = refusal(name, {"theme.pick": "h"})
    assert said.endswith('both the macro “x” and "theme.pick"; take the macro off it: "h" = "".')
    assert load_keymap(name, {"theme.pick": "h", "h": ""}).keys_of("theme.pick") == ("h",)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"C": []}, '"C" does nothing; write what it does, as ["paper.star", "list.next_unread"]'),
        ({"C": ["paper.strar"]}, '"C": "paper.strar" is no command (did you mean "paper.star"?)'),
        ({"C": ["C"]}, '"C": "C" is no command'),
        ({"C": [5]}, '"does" cannot be [5]; write a list of commands in quotes'),
        ({"C": {"words": "x"}}, '"does" is missing; write a list of commands in quotes'),
        ({"C": {"does": "paper.star"}}, "\"does\" cannot be 'paper.star'; write a list"),
        ({"C": {"does": ["paper.star"], "word": "x"}}, 'has "word" (did you mean "words"?)'),
        ({"C": {"does": ["paper.star"], "words": ""}}, '"words" must be a few words in quotes'),
        ({"C": {"does": ["paper.star"], "words": "\x1b"}}, '"words" must be a few words in quotes'),
        ({"Esc": ["paper.star"]}, 'the key "Esc" cannot have a macro: there is no such key (did you mean'),
        ({"": ["paper.star"]}, 'the key "" cannot have a macro: it has no name'),
        ({"1": ["paper.star"]}, 'the key "1" cannot have a macro: digits are for counts and views'),
        ({"alt+enter": ["paper.star"]}, "terminals send it as enter"),
        ({"paper.star": ["paper.done"]}, "the command stands on the left"),
        ({"paper.strar": ["h"]}, '"paper.strar" is no command (did you mean "paper.star"?)'),
        ({"h": ""}, '"h" is no command'),
        ({"C": ["paper.tag", "paper.star"]}, '"paper.tag" asks, shows something or leaves'),
        ({"C": ["app.quit", "paper.star"]}, "so nothing can follow it; put it last"),
        ({"C": ["paper.star", "list.down", "paper.done"]}, '"paper.done" would be a decision of its own'),
        ({"C": ["paper.star", "page.done"]}, '"page.done" would be a decision of its own'),
        ({"C": ["history.undo", "history.undo"]}, '"history.undo" would be a decision of its own'),
        ({"d": ["paper.star"]}, 'd would be the key of both "paper.done" and the macro “star”; say what'),
        ({"C": ["paper.star"], "paper.tag": "C"}, "the macro “star”; leave it to one of them"),
        ({"C": ["paper.star"], "shift+c": ["paper.done"]}, "C has two macros; leave it to one of them"),
    ],
)
def test_each_fault_of_a_macro_has_its_sentence(own: dict[str, object], sentence: str):
    said = refusal("default", own)
    assert said.startswith("config.toml: ")
    assert sentence in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    "does",
    [
        ["paper.star", "paper.tag_again", "paper.mark_read", "list.down", "list.down"],
        ["list.next_unread", "paper.star", "paper.done"],
        ["page.done", "list.first"],
        ["paper.star", "paper.note"],
        ["app.quit"],
    ],
)
def test_what_can_be_done_in_a_row(does: list[str]):
    assert load_keymap("default", {"C": does}).macros["C"].does == tuple(does)


def test_every_verdict_can_be_part_of_one_decision():
    assert {*VERDICTS, "paper.tag_again"} == ACTS
    assert BY_ID.keys() >= ACTS | OTHER_ACTS | LAST
    assert len(ACTS | OTHER_ACTS | LAST) == len(ACTS) + len(OTHER_ACTS) + len(LAST)


@given(
    st.text(alphabet="Cctrl+sdé[]. \x1b", max_size=8),
    st.lists(st.sampled_from([*BY_ID, "x", ""]), max_size=4)
    | st.integers()
    | st.dictionaries(
        st.sampled_from(["does", "words", "x"]), st.lists(st.sampled_from([*BY_ID])) | st.text(max_size=3)
    ),
)
def test_whatever_is_written_of_a_macro_is_one_that_works_or_a_sentence(name: str, value: object):
    try:
        keymap = load_keymap("default", {name: value})
    except KeymapError:
        return
    for macro in keymap.macros.values():
        assert set(macro.does) <= BY_ID.keys()
        assert macro.words.isprintable()


# A keymap file of the user's own


def test_a_file_of_ones_own_extends_a_shipped_keymap(tmp_path: Path):
    keymap = load_keymap(write(tmp_path, HEAD + '[keys]\n"paper.star" = "h"\n'))
    assert (keymap.name, keymap.description, keymap.digits) == ("mine", "Mine.", "counts")
    assert keymap.keys_of("paper.star") == ("h",)
    assert keymap.keys_of("paper.done") == ("d",)
    assert keymap.own == frozenset()


def test_an_id_without_its_quotes_is_understood(tmp_path: Path):
    keymap = load_keymap(write(tmp_path, HEAD + '[keys]\npaper.star = "h"\n'))
    assert keymap.keys_of("paper.star") == ("h",)


def test_a_file_that_extends_nothing_has_its_own_keys_only(tmp_path: Path):
    head = HEAD.replace("default", "nothing")
    keymap = load_keymap(write(tmp_path, head + '[keys]\n"app.quit" = "q"\n'))
    assert {command_id for command_id, keys in keymap.keys.items() if keys} == {"app.quit"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + "[keys\n", "this is not TOML, correct it there: "),
        (HEAD + '[keys]\n"paper.star" = "x\n', "line 6"),
        (HEAD + '[keys]\n"app.quit" = "q"\n"app.quit" = "x"\n', "line 7"),
        (HEAD.replace('extends = "default"\n', ""), '"extends" is missing; write one of nothing, d'),
        (HEAD.replace('"default"', '"dvorak"'), "\"extends\" cannot be 'dvorak'; write one of"),
        (HEAD.replace('digits = "counts"\n', ""), '"digits" is missing; write one of counts, views'),
        (HEAD.replace('"counts"', "true"), '"digits" cannot be True; write one of counts, views'),
        (HEAD.replace('name = "mine"\n', ""), '"name" is missing; write some words, in quotes'),
        (HEAD.replace('"mine"', '""'), "\"name\" cannot be ''"),
        (HEAD.replace('"Mine."', "1"), '"description" cannot be 1'),
        (HEAD + 'digit = "views"\n', 'unknown "digit" (did you mean "digits"?)'),
        (HEAD + '"paper.star" = "x"\n', 'unknown "paper.star"; commands stand below [keys]'),
        (HEAD + 'keys = "x"\n', '"keys" must be a table'),
        (HEAD + '[keys]\n"paper.star" = "d"\n', 'd would be the key of both "paper.done" and "pap'),
        (HEAD + '[keys]\n"app.quit" = ""\n"app.quit_now" = ""\n', "no key is left to quit with"),
        (HEAD + '[keys]\n"select.every" = "h"\n', '"select.every" is no command'),
    ],
)
def test_each_fault_of_a_file_has_its_sentence(tmp_path: Path, text: str, sentence: str):
    name = write(tmp_path, text)
    said = refusal(name)
    assert said.startswith(name)
    assert sentence in said
    assert said.endswith(".")


def test_the_settings_are_not_blamed_for_the_file(tmp_path: Path):
    name = write(tmp_path, HEAD + '[keys]\n"app.quit" = ""\n"app.quit_now" = ""\n')
    assert refusal(name, {"paper.star": "h"}).startswith(name)
    assert load_keymap(name, {"app.quit": "Q"}).keys_of("app.quit") == ("Q",)


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path):
    missing = str(tmp_path / "none.toml")
    assert refusal(missing).startswith(f"{missing} cannot be read: No such file")
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    assert "this is not UTF-8" in refusal(str(tmp_path / "mine.toml"))


def test_a_byte_order_mark_is_no_fault(tmp_path: Path):
    (tmp_path / "mine.toml").write_text("\ufeff" + HEAD, encoding="utf-8")
    assert load_keymap(str(tmp_path / "mine.toml")).name == "mine"


def test_an_unknown_keymap_is_answered_with_the_nearest_and_all():
    said = refusal("vmi")
    assert 'There is no keymap "vmi" (did you mean "vim"?)' in said
    assert "default, arrows, emacs, newsboat, vim" in said


def test_no_command_hides_behind_a_name_that_a_key_could_have():
    """`no_key` stands for "nothing": it must be no key, and each command's its own."""
    names = {command.no_key for command in COMMANDS}
    assert len(names) == len(BY_ID)
    assert not names & SENDABLE
    assert not any("," in name or "+" in name for name in names)
