"""`play` hands the sound to a player that is there, or says plainly that there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SHORT = "title: Short\nsteps:\n  - say: One.\n  - hold: 1s\n"


class Machine:
    """A machine with some players on its PATH; what each is asked to play is in `played`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"

    def has(self, name: str, *, says: str = "") -> None:
        """Install a player, which fails where it `says` something."""
        program = self.folder / name
        fails = f"echo '{says}' >&2; exit 1" if says else "exit 0"
        program.write_text(
            "#!/bin/sh\nfor last; do :; done\n"
            f'start=$(/usr/bin/head -c 4 "$last" | /usr/bin/tr -d "\\000-\\037")\n'
            f'echo {name} "$*" $start >> {self.log}\n{fails}\n'
        )
        program.chmod(0o755)

    @property
    def played(self) -> list[list[str]]:
        """Return the words of each call, the first bytes of its file at the end."""
        return [line.split() for line in self.log.read_text().splitlines()] if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    if sys.platform == "win32":
        pytest.skip("the players of this test are shell scripts")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    (tmp_path / "short.yaml").write_text(SHORT)
    return Machine(folder)


def test_the_mp3_is_made_and_played(run: Run, machine: Machine, tmp_path: Path) -> None:
    machine.has("mpv")
    machine.has("aplay")
    ran = run("play", "short.yaml")
    assert ran.code == 0
    mp3 = tmp_path / "out/short.mp3"
    assert "playing out/short.mp3 (00:54) with mpv" in ran.out
    [played] = machine.played
    assert played[:-1] == ["mpv", "--no-video", "--really-quiet", str(mp3)]
    assert played[-1].startswith("ID3")


def test_a_player_that_takes_no_mp3_gets_a_wav_and_it_is_not_left_behind(run: Run, machine: Machine) -> None:
    machine.has("aplay")
    assert run("play", "short.yaml").code == 0
    [played] = machine.played
    assert played[:2] == ["aplay", "-q"]
    assert played[-1] == "RIFF"
    assert not Path(played[2]).exists()
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "short.mp3",
        "short.script.json",
        "short.txt",
    ]


def test_where_one_player_fails_the_next_one_plays(run: Run, machine: Machine) -> None:
    machine.has("mpv", says="no audio device")
    machine.has("ffplay")
    assert run("play", "short.yaml").code == 0
    assert [played[0] for played in machine.played] == ["mpv", "ffplay"]


def test_a_machine_that_cannot_play_says_so_in_one_line(run: Run, machine: Machine) -> None:
    ran = run("play", "short.yaml")
    assert (ran.code, ran.err.count("audioguide:")) == (5, 1)
    assert "out/short.mp3 is ready, but no player is installed: install mpv" in ran.err
    assert Path("out/short.mp3").is_file()
    machine.has("mpv", says="no audio device")
    ran = run("play", "short.yaml")
    assert ran.code == 5
    assert "no player works here (mpv: no audio device)" in ran.err


def test_a_file_that_exists_is_played_as_it_is(run: Run, machine: Machine) -> None:
    machine.has("ffplay")
    machine.has("aplay")
    Path("mine.mp3").write_bytes(b"mine")
    assert run("play", "mine.mp3").code == 0
    assert machine.played[0][0] == "ffplay"
    assert machine.played[0][-2:] == [str(Path("mine.mp3").absolute()), "mine"]
    assert not Path("out").exists()
    (machine.folder / "ffplay").unlink()
    assert run("play", "mine.mp3").code == 5  # aplay would play noise


def test_the_page_opens_where_asked_and_where_no_player_is(
    run: Run, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def opens(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", opens)
    assert run("play", "short.yaml", "--browser").code == 0
    page = Path("out/short.html").absolute()
    assert opened == [page.as_uri()]
    assert "data:audio" in page.read_text(encoding="utf-8")
    assert run("play", "short.yaml").code == 5  # nobody could see a page here
    monkeypatch.setenv("DISPLAY", ":0")
    assert run("play", "short.yaml").code == 0
    assert len(opened) == 2


def test_windows_opens_the_file_with_its_player(
    run: Run, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("os.startfile", opened.append, raising=False)
    assert run("play", "short.yaml").code == 0
    assert opened == [str(Path("out/short.mp3").absolute())]


def test_ctrl_c_stops_without_an_error(run: Run, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    machine.has("mpv")
    monkeypatch.setattr("audioguide.cli.players.play", interrupted)
    ran = run("play", "short.yaml")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "stopped")
