"""What a release consists of: both archives, looked into, and the wheel used where the repository is not."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

import audioguide

ROOT = Path(__file__).parent.parent.parent
STEM = f"audioguide-{audioguide.__version__}"
# Kinds of files that belong into the package; anything else was left in its folder by mistake.
KINDS = {
    ".css", ".html", ".js", ".json", ".md", ".mp3", ".png", ".py", ".svg", ".toml", ".txt", ".typed", ".wav",
    ".webmanifest", ".yaml",
}  # fmt: skip
NOTICES = {f"{STEM}.dist-info/licenses/{name}" for name in ("LICENSE", "NOTICE.md")}
SDIST = {
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE.md", "README.md", "SECURITY.md", "audioguide",
    "docs", "noxfile.py", "pyproject.toml", "requirements.lock", "sounds", "tests",
}  # fmt: skip
NOT_IN_SDIST = re.compile(
    r"^(\.venv|\.git|\.ci|\.github|\.nox|out/(?!README)|build|dist|\..*_cache)(/|$)|__pycache__|\.pyc$"
)

pytestmark = pytest.mark.timeout(900)  # packages have to be fetched


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("build", reason="needs `pip install -e '.[release]'`")
    folder = tmp_path_factory.mktemp("dist")
    # The wheel is made from the sdist: what the sdist lacks, the wheel lacks.
    _run([sys.executable, "-m", "build", "--installer", "uv", "--outdir", str(folder), str(ROOT)])
    return folder


@pytest.mark.slow
def test_the_wheel_has_every_file_of_the_package_and_no_other(archives: Path) -> None:
    names = set(zipfile.ZipFile(archives / f"{STEM}-py3-none-any.whl").namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "audioguide").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    heard = [*(ROOT / "sounds").glob("*.wav"), *filter(Path.is_file, (ROOT / "sounds/voices").rglob("*"))]
    expected = package | {f"audioguide/{path.relative_to(ROOT).as_posix()}" for path in heard}
    inside = {name for name in names if name.startswith("audioguide/")}
    assert inside ^ expected == set()
    assert names >= NOTICES
    assert {
        "audioguide/py.typed",
        "audioguide/routines/knee-to-chest.yaml",
        "audioguide/sounds/bell.wav",
    } <= inside
    kinds = {Path(name).suffix for name in inside if Path(name).name not in {"LICENSE", "NOTICE"}}
    assert kinds <= KINDS


@pytest.mark.slow
def test_the_source_archive_has_what_a_packager_needs_and_nothing_that_was_made_here(archives: Path) -> None:
    with tarfile.open(archives / f"{STEM}.tar.gz") as archive:
        names = {name.removeprefix(f"{STEM}/") for name in archive.getnames()}
    assert {name.partition("/")[0] for name in names} >= SDIST
    assert [name for name in names if NOT_IN_SDIST.search(name)] == []


@pytest.fixture(scope="module")
def program(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command, installed from the wheel in an environment that has nothing else."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    uv = [sys.executable, "-m", "uv"]
    _run([*uv, "venv", "--python", sys.executable, str(home)])
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    wheel = str(archives / f"{STEM}-py3-none-any.whl")
    python = str(scripts / "python")
    _run([*uv, "pip", "install", "--python", python, wheel, "-c", str(ROOT / "requirements.lock")])
    where = _run([python, "-c", "import audioguide; print(audioguide.__file__)"], cwd=home)
    assert Path(where.strip()).is_relative_to(home)
    return scripts / "audioguide"


@pytest.mark.long
def test_the_commands_of_the_readme_work_from_the_wheel(program: Path, tmp_path: Path) -> None:
    for name in ("leaflet.txt", "shoulder-rolls.yaml"):  # what a reader brings
        shutil.copy(ROOT / "docs/examples" / name, tmp_path)
    for command in ["audioguide --version", "audioguide list", *_commands_of_the_readme()]:
        _run([str(program), *shlex.split(command)[1:]], cwd=tmp_path)
    made = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.mp3")}
    assert {
        f"{name}.mp3" for name in ("knee-to-chest", "lower-back", "mine", "session", "shoulder-rolls")
    } <= made
    assert _run([str(program), "verify", "out/knee-to-chest.mp3"], cwd=tmp_path)
    assert _run([str(program), "render", "my-stretch.yaml"], cwd=tmp_path)


@pytest.mark.long
def test_the_page_is_served_from_the_wheel(program: Path, tmp_path: Path) -> None:
    visit = build_opener(HTTPCookieProcessor()).open  # the link lets a browser in, which then has a cookie
    with _served(program, tmp_path) as address:
        assert b"Welcome" in visit(address, timeout=60).read()
        page = visit(urljoin(address, "/"), timeout=60).read().decode()
        assert "Knee to chest" in page
        parts = re.findall(r'(?:src|href)="([^"]+\.(?:js|css|svg))', page)
        assert parts
        for part in parts:
            assert visit(urljoin(address, part), timeout=60).read()


@contextmanager
def _served(program: Path, folder: Path) -> Iterator[str]:
    serving = subprocess.Popen(
        [str(program), "serve", "--port", "0"], cwd=folder, env=_environment(folder), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert serving.stdout is not None
        found = (re.search(r"http://\S+", line) for line in serving.stdout)
        yield next(match.group() for match in found if match)
    finally:
        serving.terminate()
        serving.communicate(timeout=60)


def _commands_of_the_readme() -> list[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)[1:]  # the first one installs from the folder
    lines = [line for block in shown for line in block.splitlines()]
    commands = [line for line in lines if not line.startswith(("source ", "audioguide serve"))]
    assert {line.split()[1] for line in commands} >= {"render", "compose", "draft", "check", "batch"}
    return [*commands, "audioguide new my-stretch"]  # which stands in the text


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment without what the tests set, so that nothing of the repository is found."""
    own = {"AUDIOGUIDE_CACHE_DIR": str(folder / ".cache"), "AUDIOGUIDE_CONFIG_DIR": str(folder / ".config")}
    left = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return left | own


def _run(command: list[str], cwd: Path = ROOT) -> str:
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=_environment(cwd))
    assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
    return ran.stdout
