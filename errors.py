"""The one error type that people see: a message of the catalogue, told in one line."""

from messages import Lang, tell


class JireiError(Exception):
    """Something the user can mend: which message, and the names it speaks of.

    `key` is a key of `messages.CATALOGUE`; `values` fill its placeholders.
    `str(error)` is the Japanese line, `error.tell("en")` the English one.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(tell(key, "ja", **values))

    def tell(self, lang: Lang) -> str:
        """The message in one line of the language asked for."""
        return tell(self.key, lang, **self.values)
