"""Keeps up with the index: a generation that another process made live answers from then on."""

from threading import Lock

from answer.respond import Answerer
from index.encoder import Encoder, make_encoder
from index.generation import Generation
from index.manifest import current_name
from index.reranker import make_reranker
from settings import Settings


class LiveAnswerer:
    """Opens generations as they become live; encoder and reranker are loaded once.

    A machine that was too slow for the reranker is tried again with each new generation: it may
    have been busy, with the build of that generation for one.

    Asking for `current` costs the reading of one short file. While one thread opens a new
    generation, the others get the one before it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._encoder = make_encoder(settings)
        self._scorer = make_reranker(settings)
        self._opening = Lock()
        self._opened: Answerer | None = None
        self._tried: str | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder that all its answerers share."""
        return self._encoder

    def opened(self) -> Generation | None:
        """The generation that answers now, if one has been opened; a newer one may be live."""
        return self._opened.generation if self._opened else None

    def current(self) -> Answerer:
        """The answerer of the live generation. Raises JireiError as `open_generation` does."""
        opened = self._opened
        if opened and self._is_live(opened):
            return opened
        if opened is None:
            self._opening.acquire()
        elif not self._opening.acquire(blocking=False):
            return opened
        try:
            return self._open()
        finally:
            self._opening.release()

    def _open(self) -> Answerer:
        if self._opened is None or not self._is_live(self._opened):
            self._try_reranker()
            opened = Answerer.open_with(self._settings, self._encoder, self._scorer)
            opened.warm_up()
            self._opened = opened
        return self._opened

    def _try_reranker(self) -> None:
        """Once for each generation but the first, also if it cannot be opened."""
        name = current_name(self._settings.index_folder)
        if self._opened and self._scorer is None and name != self._tried:
            self._scorer = make_reranker(self._settings)
        self._tried = name

    def _is_live(self, opened: Answerer) -> bool:
        return opened.generation.name == current_name(self._settings.index_folder)
