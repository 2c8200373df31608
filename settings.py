"""Everything that can be set, from `JIREI_*` environment variables."""

import locale
import os
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import JireiError
from ingest.limits import DEFAULT_LIMITS, MB, Limits, UploadCaps
from messages import Lang

ROOT = Path(__file__).resolve().parent


def system_language() -> Lang:
    """English where the system's locale is English, Japanese everywhere else."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "en" if name.lower().startswith("en") else "ja"


class Settings(BaseSettings):
    """One frozen set of settings; each field is the variable `JIREI_<NAME>`.

    `dense_weight` is the share of the dense arm in the fused score, 0 to 1.
    `role` "reader" hides from the page whatever changes the index.
    `query_prompt` and `passage_prompt` override the prompts that come with the encoder.
    """

    model_config = SettingsConfigDict(env_prefix="JIREI_", frozen=True, extra="ignore")

    lang: Lang = Field(default_factory=system_language)
    corpus: Path = ROOT / "corpus"
    thesaurus: Path = ROOT / "corpus" / "thesaurus.csv"
    var: Path = ROOT / "var"
    cache: Path = Field(default_factory=lambda: user_cache_path("jirei", appauthor=False))
    encoder: str = Field(default="embedded", min_length=1)
    encoder_revision: str | None = None
    adapter: Literal["shipped", "none"] = "shipped"
    judge: Literal["auto", "signals", "reranker"] = "auto"
    reranker: str = Field(default="shipped", min_length=1)
    query_prompt: str | None = None
    passage_prompt: str | None = None
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    threads: int = Field(default=0, ge=0, le=256)
    dense: bool = True
    lexical: bool = True
    dense_weight: float = Field(default=0.7, ge=0.0, le=1.0)
    keep_generations: int = Field(default=3, ge=1)
    max_file_mb: int = Field(default=DEFAULT_LIMITS.file_bytes // MB, ge=1)
    max_characters: int = Field(default=DEFAULT_LIMITS.characters, ge=1)
    max_pages: int = Field(default=DEFAULT_LIMITS.pages, ge=1)
    max_cells: int = Field(default=DEFAULT_LIMITS.cells, ge=1)
    max_unzipped_mb: int = Field(default=DEFAULT_LIMITS.unzipped // MB, ge=1)
    max_members: int = Field(default=DEFAULT_LIMITS.members, ge=1)
    parse_seconds: float = Field(default=DEFAULT_LIMITS.seconds, gt=0.0)
    parse_memory_mb: int = Field(default=DEFAULT_LIMITS.memory // MB, ge=64)
    max_uploads: int = Field(default=1000, ge=0)
    max_uploads_mb: int = Field(default=2000, ge=1)
    role: Literal["editor", "reader"] = "editor"
    keep_days: int = Field(default=365, ge=1, le=36500)
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535)

    def as_seen_from_elsewhere(self) -> dict[str, str]:
        """The variables that name a file or folder of this computer, each by its absolute path.

        A process that works in another folder then means the same ones.
        """
        paths = {name: getattr(self, name) for name in ("corpus", "thesaurus", "var", "cache")}
        named = {name: Path(getattr(self, name)) for name in ("encoder", "reranker")}
        paths |= {name: path for name, path in named.items() if path.is_dir()}
        return {f"JIREI_{name.upper()}": str(path.absolute()) for name, path in paths.items()}

    @property
    def index_folder(self) -> Path:
        """The folder of all generations."""
        return self.var / "index"

    @property
    def vectors_folder(self) -> Path:
        """The folder of the vectors that builds reuse."""
        return self.var / "vectors"

    @property
    def uploads_folder(self) -> Path:
        """The folder of the files that were handed in on the page."""
        return self.var / "uploads"

    @property
    def upload_caps(self) -> UploadCaps:
        """How many files may be handed in, and how large."""
        return UploadCaps(self.max_uploads, self.max_file_mb * MB, self.max_uploads_mb * MB)

    @property
    def store_file(self) -> Path:
        """The file of conversations, feedback and the log of questions."""
        return self.var / "jirei.sqlite3"

    @property
    def limits(self) -> Limits:
        """How much of one file is read before it is refused."""
        return Limits(
            file_bytes=self.max_file_mb * MB,
            characters=self.max_characters,
            pages=self.max_pages,
            cells=self.max_cells,
            unzipped=self.max_unzipped_mb * MB,
            members=self.max_members,
            seconds=self.parse_seconds,
            memory=self.parse_memory_mb * MB,
        )


def load_settings() -> Settings:
    """The settings of this process. Raises JireiError naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "JIREI_" + "_".join(str(part) for part in first["loc"]).upper()
        raise JireiError("setting_wrong", name=name, value=first.get("input")) from error
