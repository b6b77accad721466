"""The installer for a machine without network: what was changed is not installed, and what was packed works."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OFFLINE = runpy.run_path(str(ROOT / "deploy" / "offline.py"))
NO_NETWORK = ("unshare", "--net")


def install(folder: Path, target: Path, *before: str, **environment: str) -> subprocess.CompletedProcess[str]:
    python = {"PYTHON": sys.executable, "PATH": os.environ["PATH"], "HOME": str(target.parent)}
    command = [*before, "sh", str(folder / "install.sh"), str(target)]
    return subprocess.run(command, env=python | environment, capture_output=True, text=True, check=False)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """Everything of the archive but the wheels, which come from the network."""
    folder = tmp_path / "unpacked"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "some.whl").write_bytes(b"wheel")
    OFFLINE["copy_rest"](folder)
    OFFLINE["write_sums"](folder)
    return folder


def refused(folder: Path, target: Path, why: str, **environment: str) -> None:
    done = install(folder, target, **environment)
    assert done.returncode != 0
    assert why in done.stderr
    assert not (target / ".venv").exists()


def test_a_file_that_was_changed_is_noticed_before_anything_is_installed(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "wheels" / "some.whl").write_bytes(b"whell")
    refused(unpacked, tmp_path / "target", "not those that were packed")


def test_a_file_that_was_added_is_noticed(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "wheels" / "other.whl").write_bytes(b"wheel")
    refused(unpacked, tmp_path / "target", "files here that were not packed")


def test_a_file_that_is_missing_is_noticed(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "wsgi.py").unlink()
    refused(unpacked, tmp_path / "target", "not those that were packed")


def test_nothing_is_installed_over_something(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "audit.db").write_bytes(b"")
    refused(unpacked, tmp_path / "target", "is not empty")


def test_another_python_is_not_taken(unpacked: Path, tmp_path: Path) -> None:
    refused(unpacked, tmp_path / "target", "There is no", PYTHON="no-such-python")
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\n[ $1 = -V ] && echo Python 3.12.1\nexit 1\n")
    fake.chmod(0o755)
    refused(unpacked, tmp_path / "target", "Python 3.11 is needed", PYTHON=str(fake))


def test_the_same_files_make_the_same_archive(unpacked: Path, tmp_path: Path) -> None:
    OFFLINE["pack"](unpacked, tmp_path / "a.tar.gz")
    (unpacked / "wsgi.py").touch()
    OFFLINE["pack"](unpacked, tmp_path / "b.tar.gz")
    assert (tmp_path / "a.tar.gz").read_bytes() == (tmp_path / "b.tar.gz").read_bytes()


def test_every_dependency_is_locked_by_its_hash() -> None:
    """Each package of requirements.txt has hashes, so that installing with --require-hashes takes nothing else."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [place for place, line in enumerate(lines) if line[:1].isalnum()]
    assert len(packages) > 20
    assert all("--hash=sha256:" in lines[place + 1] for place in packages)


@pytest.mark.long
def test_it_installs_and_draws_with_the_network_cut_off(tmp_path: Path) -> None:
    if subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this account may not cut off the network (unshare --net)")
    subprocess.run(["make", "offline"], cwd=ROOT, check=True, capture_output=True)
    (archive,) = (ROOT / "dist").glob(f"audit-service-offline-{OFFLINE['version']()}.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    target = tmp_path / "opt" / "audit-service"
    done = install(folder, target, *NO_NETWORK)
    assert done.returncode == 0, done.stderr
    assert f"audit-service {OFFLINE['version']()}" in done.stdout
    shutil.rmtree(folder)  # nothing of it is needed any more
    program = [*NO_NETWORK, target / ".venv" / "bin" / "audit-service"]
    assert "Usage" in subprocess.run([*program, "--help"], capture_output=True, text=True, check=True).stdout
    demo = [*NO_NETWORK, target / ".venv" / "bin" / "python", target / "demo" / "demo.py"]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DEMO_LANG": "en"}
    shown = subprocess.run(demo, capture_output=True, text=True, check=False, env=environment)
    assert shown.returncode == 0, shown.stdout[-2000:] + shown.stderr
    ready = [*NO_NETWORK, target / ".venv" / "bin" / "gunicorn", "--check-config", "wsgi:app"]
    subprocess.run(ready, cwd=target, check=True, capture_output=True)
