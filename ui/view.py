"""What every view of the page is given."""

from dataclasses import dataclass

import streamlit as st

from answer.live import LiveAnswerer
from answer.respond import Answerer
from index.background import BackgroundBuild
from index.encoder import Encoder
from messages import Lang, tell
from settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class View:
    """The settings and the language of this run of the page."""

    settings: Settings
    lang: Lang

    def answerer(self) -> Answerer:
        """The answerer of the live generation. Raises JireiError if none can be opened."""
        with st.spinner(tell("page_loading", self.lang)):
            return _live_answerer(self.settings.model_dump_json()).current()

    def encoder(self) -> Encoder:
        """The encoder that questions and builds share."""
        with st.spinner(tell("page_loading", self.lang)):
            return _live_answerer(self.settings.model_dump_json()).encoder

    def builder(self) -> BackgroundBuild:
        """What builds the index while the page goes on answering."""
        with st.spinner(tell("page_loading", self.lang)):
            return _background_build(self.settings.model_dump_json())


@st.cache_resource(show_spinner=False, max_entries=1)
def _live_answerer(settings: str) -> LiveAnswerer:
    """One per process; `settings` only tells when there have to be others."""
    return LiveAnswerer(load_settings())


@st.cache_resource(show_spinner=False, max_entries=1)
def _background_build(settings: str) -> BackgroundBuild:
    """One per process, with the encoder and the generation that questions use."""
    live = _live_answerer(settings)
    return BackgroundBuild(load_settings(), live.encoder, live.opened)
