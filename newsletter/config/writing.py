"""feeds.yaml on disk: read, and replaced whole or not at all."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsletter.config.loading import read_text
from newsletter.errors import EditError

_BOM = b"\xef\xbb\xbf"
_WRITING = 0o222  # the bits of a file's mode that let anybody write it


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration file as it was when it was read."""

    path: Path
    text: str

    def replace(self, text: str) -> None:
        """Put *text* in the file's place, in one move; rights, links and byte order mark stay.

        Raises:
            EditError: somebody else has changed the file since it was read, or it cannot be
                written; it is then as it was.
        """
        if text == self.text:
            return
        self.check_rights()
        target = self.path.resolve()
        try:
            found = target.read_bytes()
            if found.removeprefix(_BOM) != self.text.encode("utf-8"):
                raise EditError(
                    f"{self.path}: was changed by somebody else meanwhile; look at it and try again"
                )
            mark = _BOM if found.startswith(_BOM) else b""
            _replace(target, mark + text.encode("utf-8"))
        except OSError as error:
            raise EditError(
                f"{self.path}: cannot be written: {error.strerror}; check the rights of the file"
                " and of its folder"
            ) from error

    def check_rights(self) -> None:
        """See that the file may be changed, before anything is done that would be in vain.

        Raises:
            EditError: it is write-protected, or not there.
        """
        target = self.path.resolve()
        try:
            may_be_written = target.stat().st_mode & _WRITING and os.access(target, os.W_OK)
        except OSError as error:
            raise EditError(f"{self.path}: cannot be written: {error.strerror}") from error
        # The move would succeed all the same: the right to move files is the folder's.
        if not may_be_written:
            raise EditError(
                f"{self.path}: is write-protected; if it may be changed, allow it:"
                f" chmod u+w {self.path}"
            )


def config_file(path: Path) -> ConfigFile:
    """Return the configuration file at *path*.

    Raises:
        ConfigError: it is not there, cannot be read or is not UTF-8.
    """
    return ConfigFile(path, read_text(path))


def _replace(target: Path, content: bytes) -> None:
    handle, fresh = tempfile.mkstemp(prefix=".newsletter-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        status = target.stat()
        with suppress(OSError, AttributeError):  # not ours to give, or no such thing here
            os.chown(fresh, status.st_uid, status.st_gid)
        Path(fresh).chmod(status.st_mode & 0o7777)
        Path(fresh).replace(target)
    finally:
        Path(fresh).unlink(missing_ok=True)
