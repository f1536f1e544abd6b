"""Every kind of letter that the house writes, shown by the code that writes it, about what is plainly invented."""

from nafida.desk.letter_samples.kinds import KINDS, Kind, kind_of
from nafida.desk.letter_samples.scene import Sample, sample_of

__all__ = ["KINDS", "Kind", "Sample", "kind_of", "sample_of"]
