"""One table of names: in which script and form a name is spoken of, and what must come out of it.

Where a form is found as it should be in one script, it is a row of that script. A name that stays
as it is has its text once more in the last column.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


class Row(NamedTuple):
    """A name, and what becomes of it.

    Attributes:
        script: in which the name is written.
        form: how it is written where it is spoken of.
        name: the real name, as it was typed.
        spoken: the words.
        shown: what others may read of them.
    """

    script: str
    form: str
    name: str
    spoken: str
    shown: str


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


_JOSE, _HUONG = _decomposed("José Núñez waited"), _decomposed("Chị Nguyễn Thị Hương nói")

_ROWS = {
    "Latin": [
        ("decomposed letters", "José Núñez", _JOSE, "[Maya] waited"),
        ("apostrophe", "O'Brien", "Mr O’Brien waited", "Mr [Maya] waited"),
        ("all apostrophes", "John O’Neill", "OʼNeill, O`Neill, ONeill", "[Maya], [Maya], [Maya]"),
        ("space for an apostrophe", "Mary O'Brien", "Mary and O Brien", "[Maya] and [Maya]"),
        ("case and genitive", "Christina Meyer",
         "christina said so; CHRISTINA MEYER; Christinas Rechnung",
         "[Maya] said so; [Maya]; [Maya] Rechnung"),
        ("genitives", "Christina Meyer", "Meyers Rechnung, Christina’s",
         "[Maya] Rechnung, [Maya]’s"),
        ("two letters", "Jo Li", "Jo waited, Li waited", "[Maya] waited, [Maya] waited"),
        ("other spelling", "Zoë Krüger", "Frau Krueger und ZOE", "Frau [Maya] und [Maya]"),
        ("other spelling", "Ivana Đorđević", "Djordjevic, Dordevic", "[Maya], [Maya]"),
        ("without accents", "Łukasz Żak", "Lukasz Zak", "[Maya]"),
        ("hyphens", "Anne-Marie Roux", "Anne Marie, Annemarie, anne\u2011marie",
         "[Maya], [Maya], [Maya]"),
        ("written together", "Maria Teresa Roux", "Mariateresa, MARIATERESA", "[Maya], [Maya]"),
        ("signs nobody sees", "Nandakumar", "Nanda\u00adkumar, Nan\u200bdakumar", "[Maya], [Maya]"),
        ("broken at the end of a line", "Christina Meyer",
         "Chris-\ntina, Mey-\n  er, Chris- tina; Haus- und Hof",
         "[Maya], [Maya], [Maya]; Haus- und Hof"),
        ("hyphen of a name at the end of a line", "Anna-Lena Roux", "Anna-\nLena", "[Maya]"),
        ("spelled", "Christina Meyer", "it is M-E-Y-E-R, so M, E, Y, E, R or m e y e r",
         "it is [Maya], so [Maya] or [Maya]"),
        ("spelled, an ordinary word", "Anna Berg", "B-E-R-G; the Berg", "[Maya]; the Berg"),
        ("wide letters", "Priya Nandakumar", "Ｐｒｉｙａ said", "[Maya] said"),
        ("elision", "Angelo Conti", "l’amico d’Angelo", "l’amico d’[Maya]"),
        ("from a list", "Anna Berg", "Berg, Anna; Berg, A.", "[Maya], [Maya]; [Maya]."),
        ("particle", "Jan de Jong", "Mevrouw de Jong; De Jong belde; de jong gelederen",
         "Mevrouw [Maya]; [Maya] belde; de jong gelederen"),
        ("particles", "Eva van den Berg", "bij Van den Berg; den Berg hinauf",
         "bij [Maya]; den Berg hinauf"),
        ("particle of any noun", "Karl von der Heide", "Frau von der Heide; von der Heide her",
         "Frau [Maya]; von der Heide her"),
        ("Polish cases", "Marcin Wójcik", "z Marcinem Wójcikiem", "z [Maya]"),
        ("Polish cases", "Agnieszka Kowalska", "Agnieszki Kowalskiej", "[Maya]"),
        ("Czech cases", "Petr Novák", "s Petrem Novákem, u Nováka", "s [Maya], u [Maya]"),
        ("Czech cases", "Jana Nováková", "Janě, s Janou Novákovou", "[Maya], s [Maya]"),
        ("Croatian cases", "Ivan Horvat", "s Ivanom, kod Horvata", "s [Maya], kod [Maya]"),
        ("Hungarian endings", "Kovács János", "Jánosnak, Kovácsék, Jánossal",
         "[Maya], [Maya], [Maya]"),
        ("Turkish endings", "Şebnem Yılmaz", "Sebnem’le Yilmaz'ın evi", "[Maya]’le [Maya]'ın evi"),
        ("Turkish endings without apostrophe", "Mehmet Öztürk", "Mehmetle, Öztürkler",
         "[Maya], [Maya]"),
        ("Finnish endings", "Pekka Virtanen", "Pekan, Virtasella", "[Maya], [Maya]"),
        ("Vietnamese, decomposed", "Nguyễn Thị Hương", _HUONG, _decomposed("Chị [Maya] nói")),
        ("Vietnamese, without tones", "Nguyễn Thị Hương", "Nguyen Thi Huong; Huong",
         "[Maya]; [Maya]"),
        ("Vietnamese, ordinary words", "Nguyễn Văn Minh", "anh Minh nghĩ mình đi theo hướng này",
         "anh [Maya] nghĩ mình đi theo hướng này"),
    ],
    "Cyrillic": [
        ("cases", "Ольга Иванова", "Я говорил с Ольгой Ивановой.", "Я говорил с [Maya]."),
        ("cases", "Павел Достоевский", "с Павлом Достоевским, о Павле", "с [Maya], о [Maya]"),
        ("Ukrainian cases", "Марія Шевченко", "з Марією", "з [Maya]"),
        ("ё and е", "Алёна Фёдорова", "Алена, у Фёдоровой", "[Maya], у [Maya]"),
        ("broken at the end of a line", "Ольга Иванова", "Ива-\nнова", "[Maya]"),
        ("an ordinary word", "Вера Иванова", "Вера в успех", "Вера в успех"),
        ("in Latin letters", "Иван Щербаков", "Ivan Shcherbakov’s flat", "[Maya]’s flat"),
        ("in Latin letters", "Юлия Чайковская", "Julia, Yuliya, Iuliia, Julija",
         "[Maya], [Maya], [Maya], [Maya]"),
        ("in Latin letters", "Дмитрий Жуков", "Dmitry Schukow, DMITRI", "[Maya], [Maya]"),
        ("in Latin letters, a word", "Роман Белов", "a roman road", "a roman road"),
        ("in Latin letters, a noun", "Роман Белов", "Ein Roman, EIN ROMAN; Roman Belov, Hr. Roman",
         "Ein Roman, EIN ROMAN; [Maya], Hr. [Maya]"),
        ("in Latin letters, first in a sentence", "Алла Шах", "Alla fine. But Schach? Alla Schach",
         "Alla fine. But Schach? [Maya]"),
        ("in Latin letters, ordinary", "Вилл Май", "Will you, in Mai?", "Will you, in Mai?"),
    ],
    "Greek": [
        ("in Latin letters", "Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos", "[Maya]"),
        ("cases and capitals", "Γιώργος Παπαδόπουλος", "του Γιώργου Παπαδόπουλου, ΓΙΩΡΓΟΣ",
         "του [Maya], [Maya]"),
        ("cases", "Ελένη Νικολάου", "της Ελένης", "της [Maya]"),
        ("decomposed letters", "Ελένη Νικολάου", _decomposed("η Ελένη"), "η [Maya]"),
    ],
    "Arabic": [
        ("plain", "محمد علي", "قال محمد علي إن أحدا لم يتصل", "قال [Maya] إن أحدا لم يتصل"),
        ("vowels, joined words", "محمد علي", "قُلتُ لِمُحَمَّد ومحمد", "قُلتُ لِ[Maya] و[Maya]"),
        ("written together", "عبد الرحمن السيد", "قال عبدالرحمن، لعبد الرحمن",
         "قال [Maya]، ل[Maya]"),
        ("without hamza", "أحمد إبراهيم", "احمد ابراهيم", "[Maya]"),
        ("Persian letters", "علی رضایی", "با علي رضايي", "با [Maya]"),
        ("an ordinary word", "محمد علي", "الكتاب على الطاولة، قال علي",
         "الكتاب على الطاولة، قال علي"),
        ("title", "محمد علي", "السيد علي", "السيد [Maya]"),
    ],
    "Hebrew": [
        ("plain", "דוד כהן", "דוד כהן אמר שאף אחד לא התקשר", "[Maya] אמר שאף אחד לא התקשר"),
        ("points, joined words", "דוד כהן", "אמרתי לדָּוִד ולכהן", "אמרתי ל[Maya] ול[Maya]"),
    ],
    "Han": [
        ("no spaces", "王小明", "王小明说没有人打电话。", "[Maya]说没有人打电话。"),
        ("given name", "王小明", "我问小明，王 小明", "我问[Maya]，[Maya]"),
        ("spaces in lists", "李娜", "李　娜；王芳", "[Maya]；王芳"),
        ("family name with a title", "王小明", "王先生和国王", "[Maya]先生和国王"),
        ("family name of two", "欧阳娜娜", "欧阳说，娜娜说", "[Maya]说，[Maya]说"),
        ("simplified for full", "張國榮", "张国荣说，国荣", "[Maya]说，[Maya]"),
        ("full for simplified", "张国荣", "張國榮說", "[Maya]說"),
    ],
    "Japanese": [
        ("no spaces", "山田太郎", "山田太郎さんは待ちました。", "[Maya]さんは待ちました。"),
        ("parts", "山田 太郎", "太郎くんと山田さん", "[Maya]くんと[Maya]さん"),
        ("old shapes", "渡邊 太郎", "渡辺さん", "[Maya]さん"),
        ("shapes", "髙橋 花子", "高橋さん", "[Maya]さん"),
        ("katakana", "アンナ ベルク", "アンナはアンナプルナへ", "[Maya]はアンナプルナへ"),
        ("hiragana", "まり", "まりさん、あまり", "[Maya]さん、あまり"),
    ],
    "Hangul": [
        ("particles", "김민수", "민수는 김민수입니다", "[Maya]는 [Maya]입니다"),
        ("spaces", "김 민수", "김민수 씨와 김 민수", "[Maya] 씨와 [Maya]"),
        ("spaces", "김민수", "김 민수, 김 민 수", "[Maya], [Maya]"),
        ("decomposed letters", "김민수", _decomposed("민수는"), "[Maya]" + _decomposed("는")),
        ("family name with a title", "김민수", "김 과장님, 김치", "[Maya] 과장님, 김치"),
    ],
    "Thai": [("no spaces", "สมชาย ใจดี", "คุณสมชายบอกว่า", "คุณ[Maya]บอกว่า")],
    "Devanagari": [
        ("signs are letters", "प्रिया शर्मा", "प्रिया ने कहा, रामप्रिया", "[Maya] ने कहा, रामप्रिया"),
        ("written together", "प्रिया शर्मा", "प्रियाने, शर्माजी", "[Maya]ने, [Maya]जी"),
    ],
    "Bengali": [("ending", "রহিমা খাতুন", "রহিমার বাড়ি", "[Maya]র বাড়ি")],
    "Tamil": [("ending", "பிரியா குமார்", "பிரியாவின் வீடு", "[Maya]வின் வீடு")],
    "Georgian": [("ending", "ნინო ბერიძე", "ნინოს სახლი", "[Maya]ს სახლი")],
    "Armenian": [("ending", "Արամ Սարգսյան", "Արամի տունը", "[Maya]ի տունը")],
}  # fmt: skip
_ELSEWHERE = [
    ("Latin in Han", "Anna Berg", "我跟Anna说", "我跟[Maya]说"),
    ("file name", "Anna Berg", "interview_anna-berg_2.m4a", "interview_[Maya]_2.m4a"),
    ("file name", "Anna Berg", "InterviewAnnaBerg2.m4a", "Interview[Maya]2.m4a"),
    ("file name", "Will Young", "will_young.mp3", "[Maya].mp3"),
    ("file name", "Anna Berg", "Anna2 ANNA_BERG", "[Maya]2 [Maya]"),
    ("e-mail address", "Anna Berg", "annaberg@example.org", "[Maya]"),
    ("file name", "Anna Vossberg", "anna_v.mp3, vossberganna", "[Maya].mp3, [Maya]"),
    # Not inside other words, nor in words that only begin so.
    ("no name", "Jo Li", "Job, Joli, Lime, jo, JO, Jolie", "Job, Joli, Lime, jo, JO, Jolie"),
    ("no name", "Don Meyer", "Don’t, don't", "Don’t, don't"),
    ("no name", "Anna Donald", "McDonald", "McDonald"),
    ("no name", "Ana Ruiz", "Any banana", "Any banana"),
    ("no name", "राम शर्मा", "रामायण", "रामायण"),
    ("no name", "まり", "あまり、とまり木", "あまり、とまり木"),
    ("no name", "김민수", "국민 수준, 김치", "국민 수준, 김치"),
    ("no name", "Li Na", "a b c d, so li-\nna", "a b c d, so li-\nna"),
    # Ordinary words, until the researcher decides.
    ("ordinary", "Will Young", "Will you come? Young people will.",
     "Will you come? Young people will."),
    ("ordinary", "May Meyer", "In May it rained", "In May it rained"),
    ("ordinary", "Will Young", "Will Young came, Mr Young too", "[Maya] came, Mr [Maya] too"),
    ("ordinary", "Rose Anna Meyer", "Rose Meyer; Rose; a rose", "[Maya]; Rose; a rose"),
    ("ordinary", "Mark Petersen", "Das kostet drei Mark", "Das kostet drei Mark"),
    ("ordinary", "Vera Berg", "Der Berg ruft, Frau Berg", "Der Berg ruft, Frau [Maya]"),
    ("ordinary", "Anna Berg", "Auf dem Berg, Anna kam", "Auf dem Berg, [Maya] kam"),
    ("ordinary", "Anna Berg", "Fr. Berg und Hr. Berg", "Fr. [Maya] und Hr. [Maya]"),
    ("ordinary", "Will Young", "The HR Young team", "The HR Young team"),
    ("ordinary", "Anna Berg", "A. Berg rief an, der Berg", "[Maya] rief an, der Berg"),
    ("ordinary", "Anna Berg", "B. Berg", "B. Berg"),
    ("ordinary", "Will", "Will you come?", "Will you come?"),
]  # fmt: skip
TABLE = [
    *(Row(script, *row) for script, rows in _ROWS.items() for row in rows),
    *(Row("any", *row) for row in _ELSEWHERE),
]
"""Every script, every form."""
SCRIPTS = tuple(_ROWS)
