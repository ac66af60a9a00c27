"""Letters of which numbers, addresses and names in networks are apart, or are not."""

TOGETHER = r"\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Those of scripts without spaces, and Hangul, which stand beside a number or an address."""
WORD = rf"[^\W{TOGETHER}]"
