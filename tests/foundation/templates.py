"""Templates are compiled once in a run of the tests, and not once for each of its hundreds of apps."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from portal import Portal


class CompiledTemplates(BytecodeCache):
    """What templates were compiled to, kept in memory under the text that they were made of."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept for it."""
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def keep_compiled_templates() -> None:
    """Let all apps of this process share one such store."""
    Portal.jinja_options = {**Portal.jinja_options, "bytecode_cache": CompiledTemplates()}
