"""Pictures that people send: decoded apart, made small, cleaned of what they tell about their maker.

Nothing here imports Pillow or Django: decoding happens in the process of `process.py`, and that process imports
this package too. The sentences for people are in `words.py`.
"""

from nafida.cases.pictures.sandbox import MAX_BYTES, Area, NotAPicture, Picture, blur, prepare

__all__ = ["MAX_BYTES", "Area", "NotAPicture", "Picture", "blur", "prepare"]
