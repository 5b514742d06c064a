"""Stylesheets and modules as browsers get them: put together and slim, and meaning what was written."""

import gzip
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from kalbajar_site.static_files import StaticFiles, slim

STATIC = settings.BASE_DIR / "static"
RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s*,\\s*/g, ","));
}"""


def read(name):
    """Return the text of one of our files."""
    return (STATIC / name).read_text()


def slimmed(name, **files):
    """Return a file slim; ``files`` gives texts by name without folder and ending."""
    return slim(name, lambda asked: files[asked.rpartition("/")[2].partition(".")[0]])


def test_a_stylesheet_gets_its_parts_in_place_of_the_imports():
    whole = '/* All. */\n@import "a.css";\n@import "b.css" print;\n'
    text = slimmed("css/all.css", all=whole, a="a { color: red; }\n", b="p { margin: 0; }\n")
    assert text == "a{color:red}@media print{p{margin:0}}"


def test_text_in_quotes_stays_as_it_is():
    assert slimmed("css/a.css", a='a::after { content: " ; /* x */ "; }') == 'a::after{content:" ; /* x */ "}'


def test_spaces_that_mean_something_stay():
    text = "a :hover, a > b { inline-size: calc(1px + 2px); }\n"
    text += "@media (width > 3em) and (height > 3em) { a { margin: 0 1px } }\n"
    assert slimmed("css/a.css", a=text) == (
        "a :hover,a>b{inline-size:calc(1px + 2px)}@media (width>3em) and (height>3em){a{margin:0 1px}}"
    )


def test_a_module_loses_the_lines_that_are_comments():
    module = '// What it does.\n/* More\n * of it. */\nconst a = "// no comment"; // stays\n  // gone\nb();\n'
    assert slimmed("js/a.js", a=module) == 'const a = "// no comment"; // stays\nb();\n'


def test_slim_stylesheets_say_the_same(page):
    for path in sorted((STATIC / "css").glob("*.css")):
        written = read(f"css/{path.name}")
        if "@import" not in written:
            assert page.evaluate(RULES, slim(f"css/{path.name}", read)) == page.evaluate(RULES, written), path.name


def collect(folder, most=resource.RLIM_INFINITY):
    """Collect the static files below ``folder``, where no file may get more than ``most`` bytes; return the status."""
    return subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput"], cwd=settings.BASE_DIR, capture_output=True,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)),
    ).returncode  # fmt: skip


def test_a_disk_that_is_full_leaves_no_half_file_that_the_next_collection_would_keep(tmp_path):
    name = "vendor/codemirror/codemirror.js"
    collected = tmp_path / "static" / name
    assert collect(tmp_path, most=(STATIC / name).stat().st_size // 2) == 1
    assert not list((tmp_path / "static").rglob("codemirror*.js*"))
    assert collect(tmp_path) == 0
    assert collected.read_bytes() == (STATIC / name).read_bytes()
    assert gzip.decompress(Path(f"{collected}.gz").read_bytes()) == collected.read_bytes()


def test_a_disk_that_is_full_leaves_no_half_compressed_file(tmp_path):
    path = tmp_path / "a.css"
    path.write_text("\n".join(f".a{number} {{ top: {number}px }}" for number in range(2_000)))
    compressor = StaticFiles(location=tmp_path).create_compressor(quiet=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            compressor.compress(str(path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == [path]
    assert sorted(compressor.compress(str(path))) == [f"{path}.br", f"{path}.gz"]
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()
