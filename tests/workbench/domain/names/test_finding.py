"""Names are found in every script and form, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.names import Finder, Place, Sort, Wanted, folded, key, parts_of
from workbench.domain.protection import Protection
from workbench.services.reporting import without_names

NFD = unicodedata.normalize("NFD", "José Núñez waited")

CASES = [
    # The cases of `names_slip.py`.
    ("محمد علي", "قال محمد علي إن أحدا لم يتصل", "قال [Maya] إن أحدا لم يتصل"),
    ("דוד כהן", "דוד כהן אמר שאף אחד לא התקשר", "[Maya] אמר שאף אחד לא התקשר"),
    ("王小明", "王小明说没有人打电话。", "[Maya]说没有人打电话。"),
    ("山田太郎", "山田太郎さんは待ちました。", "[Maya]さんは待ちました。"),
    ("José Núñez", NFD, "[Maya] waited"),
    ("O'Brien", "Mr O’Brien waited", "Mr [Maya] waited"),
    ("Christina Meyer", "christina said so; CHRISTINA MEYER; Christinas Rechnung",
     "[Maya] said so; [Maya]; [Maya] Rechnung"),
    ("Jo Li", "Jo waited, Li waited", "[Maya] waited, [Maya] waited"),
    ("Ольга Иванова", "Я говорил с Ольгой Ивановой.", "Я говорил с [Maya]."),
    # Latin: accents, capitals, apostrophes, hyphens, signs nobody sees, other spellings.
    ("Zoë Krüger", "Frau Krueger und ZOE", "Frau [Maya] und [Maya]"),
    ("Łukasz Żak", "Lukasz Zak", "[Maya]"),
    ("John O’Neill", "OʼNeill, O`Neill, ONeill", "[Maya], [Maya], [Maya]"),
    ("Anne-Marie Roux", "Anne Marie, Annemarie, anne\u2011marie", "[Maya], [Maya], [Maya]"),
    ("Nandakumar", "Nanda\u00adkumar, Nan\u200bdakumar", "[Maya], [Maya]"),
    ("Priya Nandakumar", "Ｐｒｉｙａ said", "[Maya] said"),
    ("Şebnem Yılmaz", "Sebnem’le Yilmaz'ın evi", "[Maya]’le [Maya]'ın evi"),
    ("Angelo Conti", "l’amico d’Angelo", "l’amico d’[Maya]"),
    ("Marcin Wójcik", "z Marcinem Wójcikiem", "z [Maya]"),
    ("Agnieszka Kowalska", "Agnieszki Kowalskiej", "[Maya]"),
    ("Christina Meyer", "Meyers Rechnung, Christina’s", "[Maya] Rechnung, [Maya]’s"),
    # Cyrillic, Greek.
    ("Павел Достоевский", "с Павлом Достоевским, о Павле", "с [Maya], о [Maya]"),
    ("Марія Шевченко", "з Марією", "з [Maya]"),
    ("Алёна Фёдорова", "Алена, у Фёдоровой", "[Maya], у [Maya]"),
    ("Γιώργος Παπαδόπουλος", "του Γιώργου Παπαδόπουλου, ΓΙΩΡΓΟΣ", "του [Maya], [Maya]"),
    # Arabic with vowels and joined words, Persian letters, Hebrew with points.
    ("محمد علي", "قُلتُ لِمُحَمَّد ومحمد", "قُلتُ لِ[Maya] و[Maya]"),
    ("علی رضایی", "با علي رضايي", "با [Maya]"),
    ("דוד כהן", "אמרתי לדָּוִד ולכהן", "אמרתי ל[Maya] ול[Maya]"),
    # Without spaces: Han, kana, Thai, Hangul; Latin inside them.
    ("王小明", "我问小明，王 小明", "我问[Maya]，[Maya]"),
    ("欧阳娜娜", "欧阳说，娜娜说", "[Maya]说，[Maya]说"),
    ("山田 太郎", "太郎くんと山田さん", "[Maya]くんと[Maya]さん"),
    ("アンナ ベルク", "アンナはアンナプルナへ", "[Maya]はアンナプルナへ"),
    ("まり", "まりさん、あまり", "[Maya]さん、あまり"),
    ("สมชาย ใจดี", "คุณสมชายบอกว่า", "คุณ[Maya]บอกว่า"),
    ("김민수", "민수는 김민수입니다", "[Maya]는 [Maya]입니다"),
    ("김 민수", "김민수 씨와 김 민수", "[Maya] 씨와 [Maya]"),
    ("김민수", "김 민수", "[Maya]"),
    ("Anna Berg", "我跟Anna说", "我跟[Maya]说"),
    # Devanagari, Bengali, Tamil, Georgian, Armenian: signs are letters, endings are written to it.
    ("प्रिया शर्मा", "प्रिया ने कहा, रामप्रिया", "[Maya] ने कहा, रामप्रिया"),
    ("রহিমা খাতুন", "রহিমার বাড়ি", "[Maya]র বাড়ি"),
    ("பிரியா குமார்", "பிரியாவின் வீடு", "[Maya]வின் வீடு"),
    ("ნინო ბერიძე", "ნინოს სახლი", "[Maya]ს სახლი"),
    ("Արամ Սարգսյան", "Արամի տունը", "[Maya]ի տունը"),
    # File names and titles.
    ("Anna Berg", "interview_anna-berg_2.m4a", "interview_[Maya]_2.m4a"),
    ("Anna Berg", "InterviewAnnaBerg2.m4a", "Interview[Maya]2.m4a"),
    ("Will Young", "will_young.mp3", "[Maya].mp3"),
    ("Anna Berg", "Anna2 ANNA_BERG", "[Maya]2 [Maya]"),
    ("Anna Berg", "annaberg@example.org", "[Maya]@example.org"),
    # Not inside other words, nor in words that only begin so.
    ("Jo Li", "Job, Joli, Lime, jo, JO, Jolie", "Job, Joli, Lime, jo, JO, Jolie"),
    ("Don Meyer", "Don’t, don't", "Don’t, don't"),
    ("Anna Donald", "McDonald", "McDonald"),
    ("Ana Ruiz", "Any banana", "Any banana"),
    ("राम शर्मा", "रामायण", "रामायण"),
    ("まり", "あまり、とまり木", "あまり、とまり木"),
    # Ordinary words, until the researcher decides.
    ("Will Young", "Will you come? Young people will.", "Will you come? Young people will."),
    ("May Meyer", "In May it rained", "In May it rained"),
    ("Will Young", "Will Young came, Mr Young too", "[Maya] came, Mr [Maya] too"),
    ("Rose Anna Meyer", "Rose Meyer; Rose; a rose", "[Maya]; Rose; a rose"),
    ("Mark Petersen", "Das kostet drei Mark", "Das kostet drei Mark"),
    ("Vera Berg", "Der Berg ruft, Frau Berg", "Der Berg ruft, Frau [Maya]"),
    ("Вера Иванова", "Вера в успех", "Вера в успех"),
    ("محمد علي", "الكتاب على الطاولة، قال علي", "الكتاب على الطاولة، قال علي"),
    ("محمد علي", "السيد علي", "السيد [Maya]"),
    ("Anna Berg", "A. Berg rief an, der Berg", "A. [Maya] rief an, der Berg"),
    ("Anna Berg", "B. Berg", "B. Berg"),
    ("Will", "Will you come?", "Will you come?"),
]  # fmt: skip


@pytest.mark.parametrize(("real", "text", "shown"), CASES)
def test_a_name_is_found_as_it_is_written_and_only_as_a_name(
    real: str, text: str, shown: str
) -> None:
    clean = without_names({real: "Maya"})
    assert clean(text) == shown
    assert clean(shown) == shown


def test_what_was_declared_is_never_touched() -> None:
    protect = Protection(
        [("Maya Lopez", "Ruth"), ("Jo Li", "Maya Lopez-Berg")], {"pseudonym": [], "stage": ["Jo"]}
    )
    said = "Maya Lopez-Berg met Maya Lopez and Jo and Li"
    assert protect.words(said) == "Maya Lopez-Berg met [Ruth] and Jo and [Maya Lopez-Berg]"


def test_a_bracket_of_an_earlier_replacement_stays() -> None:
    protect = Protection([("Participant Ruiz", "Ruth"), ("Ana Lima", "Leo"), ("Ana Sosa", "Max")])
    once = protect.words("Ana and Participant")
    assert once == "[a participant] and [Ruth]"
    assert protect.words(once) == once


DECIDED = [
    Wanted("Telekom Nord", Sort.FIRM),
    Wanted("Will", Sort.PERSON, "Maya"),
    Wanted("Petra", Sort.STAFF, "an agent"),
    Wanted("+49 30 901820-11", Sort.PHONE),
    Wanted("anna.berg@example.org", Sort.EMAIL),
    Wanted("DE89 3704 0044 0532 0130 00", Sort.ACCOUNT),
    Wanted("Hauptstraße 5", Sort.ADDRESS),
    Wanted("Nandakumar", Sort.PERSON, leave=True),
    Wanted("Priya", Sort.PERSON, never=True),
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("telekom nord never rang", "[a firm] never rang"),
        ("Will said I will", "[Maya] said I will"),
        ("Petra, petra, Petras", "[an agent], [an agent], [an agent]"),
        ("Ring +4930 90182011 or +49-30-901820 11.", "Ring [phone number] or [phone number]."),
        ("Mail Anna.Berg@example.org!", "Mail [e-mail address]!"),
        ("IBAN DE89370400440532013000", "IBAN [account number]"),
        ("de89 3704 0044 0532 0130 00", "[account number]"),
        ("in der HAUPTSTRASSE 5", "in der [address]"),
        ("Priya and Nandakumar", "Priya and Nandakumar"),
        ("Priya Nandakumar rang", "[Ruth] rang"),
        ("49309018201100", "49309018201100"),
    ],
)
def test_what_the_researcher_decided_comes_first(text: str, shown: str) -> None:
    assert Protection([("Priya Nandakumar", "Ruth")], {}, DECIDED).words(text) == shown


def test_a_pseudonym_may_be_any_sign() -> None:
    protect = Protection([("Ana Lima", "🦊"), ("Leo Sosa", "12")], {"pseudonym": []})
    once = protect.words("Ana, Leo, 🦊, 12, 120")
    assert once == "[🦊], [12], 🦊, 12, 120" == protect.words(once)


def test_what_was_left_is_still_told_and_what_is_no_name_is_not() -> None:
    finder = Finder([("Priya Nandakumar", "Ruth")], (), DECIDED)
    assert finder.found("Priya and Nandakumar") == [Place(10, 20, Sort.PERSON, "a person", True)]


def test_places_are_those_of_the_written_text() -> None:
    finder = Finder([("José Núñez", "Maya")])
    text = "ﬁne, Straße: " + NFD
    [place] = finder.found(text)
    assert unicodedata.normalize("NFC", text[place.start : place.end]) == "José Núñez"
    assert place.whose == "Maya"


REAL = [real for real, _, _ in CASES]
LETTERS = set("".join(map(folded, REAL)))


EVERYBODY = Protection([(real, "Maya") for real in REAL])


@given(st.text(max_size=60))
def test_a_text_without_letters_of_names_is_never_changed(text: str) -> None:
    bare = "".join(letter for letter in text if not set(folded(letter)) & LETTERS)
    assert EVERYBODY.words(bare) == bare


PIECES = sorted({part for real in REAL for part in parts_of(real)} | {text for _, text, _ in CASES})


@given(
    st.lists(st.sampled_from(REAL), max_size=4, unique=True),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=6),
    st.sampled_from([" ", ", ", "", "-", "_", "\n"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_twice_is_the_same_as_once_and_no_whole_name_is_left(
    names: list[str], pieces: list[str], between: str, cased: object
) -> None:
    people = [(real, f"Ruth{number}") for number, real in enumerate(names)]
    protect = Protection(people, {"pseudonym": []})
    once = protect.words(cased(between.join(pieces)))  # type: ignore[operator]
    assert protect.words(once) == once
    assert not protect.found(once)


@given(st.sampled_from(REAL), st.text(alphabet=" .,!?0123456789()", max_size=6))
def test_a_replaced_text_holds_no_folded_name(real: str, around: str) -> None:
    once = Protection([(real, "Qq")]).words(f"{around} {real} {around}")
    if real != "Will":
        assert key(real) not in key(once)
