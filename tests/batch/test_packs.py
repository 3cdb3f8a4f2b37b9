"""A pack for each client: all of theirs, nothing of others, the same bytes each time."""

from __future__ import annotations

import zipfile

from audioguide.batch.packs import write_packs
from audioguide.batch.run import BatchRun
from tests.batch.conftest import Studio, thread_crew


def test_a_pack_has_all_files_of_one_client(studio: Studio) -> None:
    rows = ("Anna,short.yaml,2s", "Anna,other.yaml,", "Bo,short.yaml,3s", "Cy,short.yaml,99s")
    batch = studio.batch(studio.rows("client,routine,hold", *rows))
    run = BatchRun(batch, crew := thread_crew())
    run.run()
    crew.close()
    root = studio.folder / "out"
    (root / "Anna" / "private.txt").write_text("not of the batch")
    packs = write_packs(root, batch.orders, run.manifest)
    assert [path.name for path in packs] == ["Anna.zip", "Bo.zip"]
    with zipfile.ZipFile(packs[0]) as pack:
        names = set(pack.namelist())
        assert pack.testzip() is None
        for name in names:
            assert pack.read(name) == (root / name).read_bytes()
    assert names >= {"Anna/short-Anna.mp3", "Anna/other-Anna.mp3"}
    assert "Anna/private.txt" not in names
    before = packs[0].read_bytes()
    packs[0].unlink()
    write_packs(root, batch.orders, run.manifest)
    assert packs[0].read_bytes() == before
