"""How a model that was taught to answer is asked: in its own chat template.

The template is rendered once, when the model is prepared, around a mark that stands for what will
be asked. Only the pieces before and after the mark are kept, so nothing that anybody types is ever
read as template, and a prompt that grows at its end still begins as it did before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from simulator.domain.language import LANGUAGES
from simulator.errors import ModelError
from simulator.i18n import Texts

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

_MARK = "TRANSCRIPT"


class Frame(BaseModel):
    """What a chat template writes around a question: ``after`` ends where the answer begins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: str
    after: str


class Wording:
    """Turns prompts, and texts that go on from them, into tokens.

    Without a ``frame`` a prompt is plain text, begun by the token ``bos`` if there is one. With
    one it is asked: an instruction and the prompt within the frame, and what goes on is the answer.
    From then on ``tokenizer`` takes its own markers for letters, whoever wrote them.
    """

    def __init__(self, tokenizer: Tokenizer, bos: int | None, frame: Frame | None) -> None:
        self._tokenizer = tokenizer
        self._answers = frame is not None
        self._before = [] if bos is None else [bos]
        self._after: list[int] = []
        self._lead = ""
        if frame is not None:
            self._before, self._after = self._ids(frame.before), self._ids(frame.after)
            self._lead = f"{instruction()}\n\n"
        tokenizer.encode_special_tokens = True
        self.head = len(self._before) + len(self._ids(self._lead))
        """Tokens that every prompt begins with: two that share no more have nothing in common."""

    def prompt(self, text: str) -> list[int]:
        """Return the tokens of a prompt."""
        return self._before + self._ids(self._lead + text) + self._after

    def continuation(self, text: str) -> list[int]:
        """Return the tokens of what goes on from a prompt; an answer begins without a space."""
        return self._ids(text.lstrip() if self._answers else text)

    def _ids(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids


def instruction() -> str:
    """Return what stands above a prompt, in every language: a prompt does not say which it is."""
    return "\n".join(Texts(language)("other_models.instruction") for language in LANGUAGES)


def frame_of(tokenizer: PreTrainedTokenizerFast, title: str) -> Frame | None:
    """Return what the chat template of ``tokenizer`` writes around a question, None without one.

    Raises ModelError if the template cannot be rendered or does not say the question once.
    """
    if not tokenizer.chat_template:
        return None
    try:
        whole: str = tokenizer.apply_chat_template(
            [{"role": "user", "content": _MARK}],
            tokenize=False,
            add_generation_prompt=True,
            # Templates that know it: thinking aloud would use up the few tokens of a line.
            enable_thinking=False,
        )
        if whole.count(_MARK) != 1:
            raise ValueError("it does not write what is asked just once")
        before, after = whole.split(_MARK)
    # Jinja raises its own errors, and whatever a stranger's template makes Python raise.
    except Exception as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise ModelError("broken_template", name=title, reason=reason.rstrip(".")) from error
    return Frame(before=before, after=after)
