"""Names of clients as names of folders: safe on every system, unique, and the same in every run."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as some

from audioguide.batch.naming import MOST_BYTES, folders, named_for, safe_name, unique
from tests.tables import every

UNSEEN = "\N{ZERO WIDTH SPACE}".encode()


@every(
    ("text", "name"),
    [
        ("Anna Muster", "Anna Muster"),
        ("José 🙂", "José 🙂"),
        ("Jose\u0301", "José"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\Users\\a", "C__Users_a"),
        ("a/b", "a_b"),
        ("trailing. ", "trailing"),
        ("--flag", "flag"),
        (".hidden", "hidden"),
        ("..", f"client-{sha256(b'..').hexdigest()[:6]}"),
        ("...", f"client-{sha256(b'...').hexdigest()[:6]}"),
        ("\N{ZERO WIDTH SPACE}", f"client-{sha256(UNSEEN).hexdigest()[:6]}"),
        ("a\nb", "a_b"),
        ("CON", "_CON"),
        ("com1.x", "_com1.x"),
        ("nul.txt", "_nul.txt"),
        ("what? 100% #1", "what_ 100_ _1"),
    ],
)
def test_a_name_is_safe_and_still_readable(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(some.text(min_size=1, max_size=300))
def test_no_name_leads_elsewhere_or_is_too_long(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name.strip(" .") == name.rstrip(" .")
    assert not name.startswith(".")
    assert len(name.encode()) <= MOST_BYTES
    assert safe_name(name) == name


def test_two_clients_never_share_a_folder() -> None:
    found = folders(["A/B", "A_B", "anna", "Anna", "anna"])
    assert len({each.casefold() for each in found.values()}) == 4
    assert found["A/B"] == "A_B"
    assert found["anna"] == "anna"
    assert folders(["A/B", "A_B", "anna", "Anna", "new"])["Anna"] == found["Anna"]


def test_no_client_takes_the_place_of_what_the_batch_itself_writes() -> None:
    clients = ["manifest.jsonl", "Failures.csv", "feeds", "feeds.key", "anna", "anna.zip"]
    found = folders(clients)
    reserved = {"manifest.jsonl", "failures.csv", "feeds", "feeds.key", "anna.zip"}
    assert not {each.casefold() for each in found.values()} & reserved
    assert len(set(found.values())) == len(clients)
    assert found["feeds"].startswith("feeds-")


def test_rows_with_one_name_get_numbers() -> None:
    same = [("anna", "x"), ("anna", "X"), ("anna", "x-2"), ("ben", "x"), ("anna", "x")]
    assert unique(same) == ["x", "X-3", "x-2", "x", "x-4"]


def test_files_are_named_as_those_of_an_overlay() -> None:
    assert named_for("cat-cow", "anna") == "cat-cow-anna"
    assert named_for("cat-cow", "cat-cow-anna") == "cat-cow-anna"
