"""The typesetter where its libraries are missing: a stand-in package fails to load as WeasyPrint then does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ARTICLE = "# A Day\n\nBy Ann Lee\n\nThe boat came in.\n"


def test_without_pango_the_other_editions_are_made_and_the_line_to_type_is_said(tmp_path: Path) -> None:
    stand_in = tmp_path / "libraries" / "weasyprint"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0': no such file\")\n")
    sources = [tmp_path / f"{name}.md" for name in ("one", "two")]
    for source in sources:
        source.write_text(ARTICLE)
    done = subprocess.run(
        [sys.executable, "-m", "convert", "publish", *sources, "-o", tmp_path / "out", "--quiet"],
        env={**os.environ, "PYTHONPATH": str(stand_in.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr.count("The PDF needs the library Pango") == len(sources)
    assert "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in done.stderr
    assert "Traceback" not in done.stderr
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {f"{name}.{kind}" for name in ("one", "two") for kind in ("epub", "md", "ledger.jsonl")}
