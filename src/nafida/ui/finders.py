"""Static files taken one by one from the front-end packages that the launcher fetched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class PackageFilesFinder(BaseFinder):
    """Finds what settings.PACKAGE_FILES lists: {static name: absolute Path}.

    A folder of STATICFILES_DIRS would bring every file of a package; a page needs two or three.
    """

    def find(self, path: str, find_all: bool = False) -> Any:
        """Absolute path of the file called `path`, a list of them with `find_all`."""
        source = settings.PACKAGE_FILES.get(path)
        if find_all:
            return [str(source)] if source else []
        return str(source) if source else []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """(file name, storage) of every listed file; the storage's prefix is its folder in the site."""
        for name, source in settings.PACKAGE_FILES.items():
            storage = NamedFile(name, source)
            yield name, storage


class NamedFile(FileSystemStorage):
    """One file under another name than it has on disk."""

    prefix = ""

    def __init__(self, name: str, source: Path) -> None:
        super().__init__(location=source.parent)
        self._names = {name: source.name}

    def path(self, name: str) -> str:
        """Where the bytes of `name` are."""
        return super().path(self._names.get(name, name))
