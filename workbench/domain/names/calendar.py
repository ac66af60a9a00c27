"""Words with a capital that are no names: days, months, languages, forms of address; folded."""

from __future__ import annotations

EVERYDAY = frozenset(
    """
    i im id ill ive ok okay internet email app online sms tv dsl wlan wifi pin pdf faq
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december christmas easter
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar marz april
    mai juni juli august september oktober november dezember weihnachten ostern
    sie ihnen ihr ihre ihrem ihren ihrer ihres du dir dich
    english german french spanish italian portuguese dutch polish russian turkish arabic chinese
    japanese european american british swiss austrian god
    deutsch deutsche deutschen englisch franzosisch
    mr mrs ms dr herr frau sir madam
    usted ustedes lei pan pani panstwo vous
    """.split()  # noqa: SIM905  words to be read
)
