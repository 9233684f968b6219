"""The languages that people here speak and read: a short list, as it stands in forms to be looked through."""

LANGUAGES = ("en", "ko", "de", "es", "fr", "ga", "ja", "lo", "mn", "ru", "th", "vi", "zh")
# What the portal's own words are written in, and the originals of its campaigns.
WRITTEN_IN = "en"
