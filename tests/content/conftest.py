import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty data folder, so that nobody's own files count."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HOERER_HOME", str(folder))
    return folder
