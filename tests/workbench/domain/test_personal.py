"""What tells who somebody is, known by a head in eight languages or by values, never by one."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain.personal import (
    Kind,
    contacts,
    contacts_in,
    holds_contact,
    kind_of,
    look,
    may_hold,
)

HEADS: dict[Kind, str] = {
    Kind.NAME: """
        Name | Your full name | First name: | What is your name? | attribute_1. First name
        RecipientLastName | Username | Name of your child | Vor- und Nachname | Wie heißen Sie?
        Kundenname | Name of your landlord | Name des Vermieters
        Name der Ansprechperson | Nom et prénom | Quel est votre nom ? | Apellidos y nombre
        Nome e cognome | Nome completo (opcional) | Voornaam en achternaam | Imię i nazwisko
        Q3_name. Your name | Vorname, bitte | NAME
    """,
    Kind.EMAIL: """
        What is your email? | E-mail | e-Mail-Adresse (freiwillig) | Mailadresse | RecipientEmail
        email. Email address | Adresse électronique | Votre courriel | Correo electrónico
        Indirizzo di posta elettronica | Seu endereço de e-mail | Uw e-mailadres | Adres e-mail
    """,
    Kind.BIRTH: """
        Date of birth | DOB | Born on | Birthday (optional) | Geburtsdatum | geb. am
        Geburtstag, bitte | Date de naissance | Né(e) le | Fecha de nacimiento | Cumpleaños
        Data di nascita | Nato il | Data de nascimento | Aniversário | Geboortedatum | Geboren op
        Data urodzenia | Dzień urodzenia
    """,
    Kind.PHONE: """
        Phone number (optional) | Tel. | Handy | Telefonnummer für Rückfragen | Mobile
        Numéro de téléphone | Teléfono móvil | Cellulare | Telemóvel | Telefoonnummer
        Numer telefonu
    """,
    Kind.ADDRESS: """
        Address | Wohnort/Straße | PLZ, Ort | Street and house number | Adresse postale
        Code postal | Dirección | Código postal | Indirizzo di casa | Endereço | Woonplaats
        Kod pocztowy | Home address | Lieferadresse | Billing address | Thuisadres
    """,
    Kind.NETWORK: "IPAddress | ipaddr. IP address | IP",
    Kind.POSITION: "LocationLatitude | Längengrad | GPS coordinates | Latitud | Breedtegraad",
    Kind.BIRTH: "Date of birth | Geburtsdatum | Date de naissance | Data urodzenia",
    Kind.ACCOUNT: "IBAN | Social security number | Codice fiscale | PESEL | Kontonummer",
    Kind.CONTACT: "Contact details | Kontaktdaten | Datos de contacto",
}


QUESTIONS = """
    How was your name treated? | Name one thing that went wrong | How was it? | Product name
    Did our e-mail reach you? | Which phone do you use? | Welches Handy nutzen Sie?
    Was störte Sie an der Adresse? | How did the name change go? | What should we address first?
    Is the street safe? | Comment avez-vous trouvé l’adresse ? | ¿Qué opina del nombre?
    Che cosa pensa del nome del prodotto? | O que acha do nome? | Wat vindt u van de naam?
    Co sądzisz o nazwie? | Year of birth | Mailing speed
    Produktname | Firmenname | Why did you phone us? | Grade
    What went wrong? Please name it | Postal service | What annoyed you? Please name
"""


def _listed(heads: str) -> list[str]:
    found = (" ".join(head.split()) for line in heads.splitlines() for head in line.split("|"))
    return [head for head in found if head]


@pytest.mark.parametrize("kind", HEADS)
def test_a_head_that_asks_for_it_is_known(kind: Kind) -> None:
    heads = _listed(HEADS[kind])
    known = {head: kind_of(head, ["whatever they wrote", "something else"]) for head in heads}
    assert known == dict.fromkeys(heads, kind)


@pytest.mark.parametrize(
    "values",
    [
        ["It took weeks", "Fine", "maya@example.org"],
        ["Very Good", "Drei Wochen", "Lange Wartezeit", "Maya Chen"],
        ["Waiting", "Price", "Queue"],
        ["4", "5", "2"],
        ["Lange Gasse 12", "Fine"],
    ],
)
def test_a_question_is_not_taken_for_private(values: list[str]) -> None:
    heads = _listed(QUESTIONS)
    known = {head: kind_of(head, values, beside_id=True) for head in heads}
    assert known == dict.fromkeys(heads)


LOOKS = {
    "maya@example.org": Kind.EMAIL,
    "Maya Chen <m.chen@mail.example.co.uk>": Kind.EMAIL,
    "10.0.0.1": Kind.NETWORK,
    "2001:db8::ff00:42:8329": Kind.NETWORK,
    "AT61 1904 3002 3457 3201": Kind.ACCOUNT,
    "4111 1111 1111 1111": Kind.ACCOUNT,
    "48.2082, 16.3738": Kind.POSITION,
    "+43 664 123 45 67": Kind.PHONE,
    "0664/1234567": Kind.PHONE,
    "(01) 533 44 55": Kind.PHONE,
    "06 12 34 56 78": Kind.PHONE,
    "555-867-5309": Kind.PHONE,
    "Tel.: 0664 1234567": Kind.PHONE,
    "Lange Gasse 12/3, 1080 Wien": Kind.ADDRESS,
    "Hauptstraße 5a": Kind.ADDRESS,
    "221b Baker Street, London": Kind.ADDRESS,
    "10 rue de la Paix, 75002 Paris": Kind.ADDRESS,
    "Calle Mayor 3": Kind.ADDRESS,
    "Via Roma 12": Kind.ADDRESS,
    "Rua Augusta, 100": Kind.ADDRESS,
    "Kerkstraat 12": Kind.ADDRESS,
    "ul. Długa 5": Kind.ADDRESS,
    "@maya.k89": Kind.LINK,
    "https://www.linkedin.com/in/maya-chen-1": Kind.LINK,
    "facebook.com/maya.chen.9": Kind.LINK,
    "улица Ленина 5": Kind.ADDRESS,
    "רחוב הרצל 5": Kind.ADDRESS,
}
HARMLESS = [
    "2024-05-01", "01.05.2024", "01/05/2024", "2024/05/01 10:00:00 AM GMT+2", "10:00 – 12:30",
    "1,234,567.89", "0.1234567", "6641234567", "000123456", "AT61 1904 3002 3457 3202",
    "4111 1111 1111 1112", "1.2.3", "48.2, 16.3", "Fine", "It took 3 weeks", "10 minutes drive",
    "3 weeks on the road", "I was on my way 3 times", "Via mail 3 times", "99.5, 200.5",
    "12345678", "-5", "2–3 times a week", "Nothing @ all", "0 to 10, I say 7",
    "home @night", "@everyone",
]  # fmt: skip


def test_values_are_told_by_their_form_and_its_checks() -> None:
    assert {value: look(value) for value in LOOKS} == LOOKS
    assert {value: look(value) for value in HARMLESS} == dict.fromkeys(HARMLESS)


def test_most_values_decide_and_never_one() -> None:
    mails = ["maya@example.org", "ann@example.org", "no, thanks"]
    assert kind_of("May we write to you again?", mails) is Kind.EMAIL
    assert kind_of("Anything else?", ["maya@example.org", *["Fine"] * 5]) is None
    assert kind_of("Insta", ["@maya.k89", "@tomstone", "none"]) is Kind.LINK
    assert kind_of("Which page?", ["https://northline.example/a", "www.northline.com"]) is None
    assert kind_of("Seen", ["youtube.com/watch?v=a1b2", "youtube.com/watch?v=c3d4"]) is None
    assert kind_of("Reply to", ["maya@example.org"]) is Kind.EMAIL
    assert kind_of("Anything you would like to add?", ["maya@example.org"]) is None
    assert kind_of("Where?", ["+43 664 1234567", "Lange Gasse 12", "somewhere"]) is not None


def test_ways_to_be_reached_may_be_a_choice_that_was_ticked() -> None:
    assert kind_of("Phone", ["Yes", "No", "Yes"]) is None
    assert kind_of("Mobile", ["Mobile", "Home", "Mobile", "Home"]) is None
    assert kind_of("E-mail", ["4", "5", "5"]) is None
    assert kind_of("Phone", ["none", "0664 1", "none", "none"]) is Kind.PHONE
    assert kind_of("How did you reach us? [Phone]", ["Yes", "No"]) is None
    assert kind_of("May we call? [Phone]", ["066412345", "0664 5"]) is Kind.PHONE


def test_names_are_told_from_ordinary_words() -> None:
    assert kind_of("Participant", ["Maya Chen", "Ann Lee", "Tomasz van der Berg"]) is Kind.NAME
    assert kind_of("Who helped you?", ["Anna", "Peter", "Julia"], beside_id=True) is Kind.NAME
    assert kind_of("Who helped you?", ["Anna", "Peter", "Julia"]) is None
    assert kind_of("Best month?", ["May", "June", "April"], beside_id=True) is None
    words = ["Guter Service", "Lange Wartezeit", "Drei Wochen", "Thank You", "Maya Chen"]
    assert kind_of("In one word", words, beside_id=True) is None


def test_a_text_may_hold_contact_data() -> None:
    assert holds_contact("Write to maya@example.org, please.")
    assert holds_contact("Call me: +43 664 123 45 67!")
    assert holds_contact("0664 1234567 in the evening")
    assert not holds_contact("On 01.05.2024 we paid 1,234,567.89 and met @ noon.")


def test_hard_texts_are_looked_at_quickly() -> None:
    for value in ("a" * 100_000, "0 " * 50_000, "A." * 70, "-" * 160, "@" * 100_000, "1 A a" * 30):
        assert look(value) is None
        holds_contact(value)
        kind_of(value, [value, value])


BORN = ["03.05.1984", "1971-11-30", "12/01/1999 00:00", "1.2.66"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (BORN, Kind.BIRTH),
        (BORN[:2], None),  # two days may be anything
        (["03.05.2024", "2024-06-01", "12/07/2023"], None),  # of interviews
        (["2016-05-03", "1990-01-01", "1971-11-30"], None),  # somebody of ten moved in
        (["1984-05-03", "1985-01-01", "1986-11-30"], None),
        (["1984", "1971", "1999"], None),
        ([*BORN, "I was born in May"], None),
    ],
)
def test_days_of_birth_are_known_by_how_they_lie(values: list[str], kind: Kind | None) -> None:
    assert kind_of("Date", values) is kind
    assert kind_of("Interview date", values) is kind
    assert kind_of("Geburtstag", values) is Kind.BIRTH


LINKS = """
    https://anna-berg.example/about | http://example.org/~anna?x=1 | www.anna-berg.example
    x.com/annaberg | fb.com/anna.berg.9 | bsky.app/profile/anna
    facebook.com/anna.berg | instagram.com/annaberg_9 | https://www.linkedin.com/in/anna-berg
    WWW.ANNA.EXAMPLE/me | t.me/annab
"""


INSIDE = {
    Kind.LINK: LINKS,
    Kind.EMAIL: """
        maya@example.org | m.chen+study@mail.example.co.uk | хозяин@пример.рф
        maya.chen at gmail.com | maya dot chen at example dot com | maya (at) example.org
        maya[at]example[dot]org | maya.chen@ gmx.at | Maya.Chen (ät) web.de
    """,
    Kind.PHONE: """
        +43 664 123 45 67 | 0664/1234567 | (01) 533 44 55 | 555-867-5309 | (555) 867-5309
        +49 30 901820-11 | 13812345678 | 138-1234-5678 | 8 (912) 345-67-89 | 89123456789
        98765 43210 | 501 234 567 | 612-345-678 | 0 6 6 4 1 2 3 4 5 6 7 | 0-6-6-4-1-2-3-4-5-6
        0151, 234, 56789 | 0151, and then 2345 6789 | 0151 – äh – 234 – 56789
        +49, um, 151, 234567 | oh one five one, two three four, five six
        Null eins fünf eins, dann zwei drei vier fünf
        plus four nine one five one two three four | zéro six douze trente-quatre vingt-six dix
        five five five, one two three four | zero six zero two 1234567
        ０９０－１２３４－５６７８ | ٠٦٦٤١٢٣٤٥٦٧ | ०९८७६५४३२१० | 090‑1234‑5678
    """,
    Kind.ACCOUNT: """
        AT61 1904 3002 3457 3201 | DE89370400440532013000 | 4111 1111 1111 1111
        at61 1904 3002 3457 3201 | DE89-3704-0044-0532-0130-00 | 4111111111111111
    """,
    Kind.ADDRESS: """
        Karl-Marx-Allee 3 | Hans-Böckler-Straße 12 | Willy-Brandt-Str. 4a | Anna-Frank-Platz 7
        Lange Gasse 12/3 | Hauptstraße 5a | 221b Baker Street | 10 rue de la Paix | Calle Mayor 3
        Via Roma 12 | Rua Augusta, 100 | Kerkstraat 12 | ul. Długa 5 | Berliner Str. 7
        ул. Ленина, д. 5 | улица Ленина 5 | Οδός Ερμού 5 | רחוב הרצל 5 | شارع الملك فهد 12
        北京市朝阳区建国路88号 | 東京都渋谷区神南1-2-3 | 강남구 테헤란로 123
    """,
}
AROUND = (
    "{}",
    "She wrote “{}” there.",
    "Before ({}), after",
    "one\n{}\ntwo",
    "a,{},b",
    "{}; 12",
    "{}, please.",
)


@pytest.mark.parametrize("kind", INSIDE)
@pytest.mark.parametrize("around", AROUND)
def test_contact_data_is_found_wherever_it_stands(kind: Kind, around: str) -> None:
    for written in _listed(INSIDE[kind]):
        text = around.format(written)
        found = [(text[one.start : one.end], one.kind) for one in contacts(text)]
        assert found == [(written, kind)]
        assert may_hold(text)


@pytest.mark.parametrize(
    "text", ["電話は090-1234-5678です", "邮箱anna@qq.com。", "번호는 010-1234-5678입니다"]
)
def test_contact_data_is_found_where_words_have_no_spaces(text: str) -> None:
    assert len(contacts(text)) == 1


HANDLES = """
    I am @maya.keller89 there | mail @Anna_Berg. | (@петров) | see @northline’s answer
"""
NO_HANDLES = """
    met @ noon, @noon | @all of you | @3pm, then @11:30, @10h30 or @4 | @home-office
    price@shop | @@x | @me
"""


WHOLE_HANDLES = """
    @anna.berg@mastodon.social | @annaberg@mastodon.social | @maya-keller.bsky.social | @home.berlin
    @abcdefghij.klmnopqrstuvwxyzabcdefghijkl | @maya_k | @maya.keller89 | @田中太郎
"""
AROUND_HANDLES = """
    I am {} there | -{} | ...{} | medium.com/{} | {}/x | インスタは {} です | {}.
"""


def test_names_in_networks_are_found_as_a_whole() -> None:
    for handle in _listed(WHOLE_HANDLES):
        for text in (around.format(handle) for around in _listed(AROUND_HANDLES)):
            assert [text[one.start : one.end] for one in contacts(text)] == [handle], text


@pytest.mark.parametrize("reached", ["maria@example.com", "@maya_k89", "maria@例え.jp"])
def test_what_stands_right_beside_it_without_spaces_is_no_contact_data(reached: str) -> None:
    for around in (
        "私のは{}ですよかったら見てくださいねいつもありがとうございます",
        "제것은{}이에요",
    ):
        text = around.format(reached)
        assert [text[one.start : one.end] for one in contacts(text)] == [reached]


@pytest.mark.parametrize(
    "behind", ["。それで待ちました", "、それから", "」と言いました", "』でした"]
)
def test_a_link_ends_where_the_sentence_does(behind: str) -> None:
    text = f"「https://www.maria.example/a{behind}"
    assert [text[one.start : one.end] for one in contacts(text)] == ["https://www.maria.example/a"]


def test_names_in_networks_are_contact_data() -> None:
    found = {text: contacts(text) for text in _listed(HANDLES)}
    assert all(len(one) == 1 and one[0].kind is Kind.HANDLE for one in found.values()), found
    assert all(text[one[0].start] == "@" for text, one in found.items())
    assert [text for text in _listed(NO_HANDLES) if contacts(text)] == []
    assert all(map(may_hold, _listed(HANDLES)))


def test_times_beside_days_are_no_phone_numbers() -> None:
    assert contacts("at 10:15:04 2026-06-05 14:00") == []
    assert contacts("at 10:04 2026-06-05 14:00") == []
    for text in (
        "10:15:04 05.06.2026 14:00", "04 2026-06-05 14:00", "01.06. 02.06.2026",
        "08.15 09.30 10.45 11.00", "05.06.2026 06.06.2026", "at 08.15 2026-06-05 09.30",
    ):  # fmt: skip
        assert contacts(text) == [], text
    for number in ("040 12.34.56", "01.23.45.67.89", "0664 12.34 56.78"):
        assert [one.kind for one in contacts(number)] == [Kind.PHONE], number


def test_bare_addresses_of_the_internet_are_found() -> None:
    for address in (
        "maya-keller.de",
        "annaberg9.com",
        "shop.anna-berg.co.uk/me",
        "anna1.it",
    ):
        for around in ("see {} there", "({})", "{}.", "“{}”", "on {}, and"):
            text = around.format(address)
            assert [(text[one.start : one.end], one.kind) for one in contacts(text)] == [
                (address, Kind.LINK)
            ], text
            assert may_hold(text)
    for text in (
        "It was good.it is", "gut.Das", "fin.de semana", "e.g. this", "report.docx", "index.html",
        "well-known.it is", "We paid 3.com", "z.B.de", "node.js", "Nice.com", "that is it.To me",
        "notes.md", "a.de", "Der Laden.de", "on example.com or bahn.de",
    ):  # fmt: skip
        assert contacts(text) == [], text


@pytest.mark.parametrize("before", ["Tel:", "Tel 1:", "S1:+43 (0)", "2,+43 ", "00:12:"])
def test_phone_numbers_right_behind_a_number_are_found(before: str) -> None:
    assert [one.kind for one in contacts(f"{before}0664 1234567")] == [Kind.PHONE]


def test_running_text_holds_no_contact_data() -> None:
    text = "\n".join(
        (
            *(value for value in HARMLESS if value != "10 minutes drive"),
            "On 01.05.2024 we paid 1,234,567.89 and met @ noon, on Platz 3 of the list.",
            "00:01:02.345 --> 00:01:05.678\n[00:05] She took 10 minutes on the road.",
            "01234567-1234-4123-8123-012345678901 | E12, E13 | 12 Thank You",
            "Straße | cf95442d-6584-22b2-76e4-f7ef04cf3ac5 | CF95442D-6584-22B2-76E4-F7EF04CF3AC5",
            "The form says http://schemas.openxmlformats.org/package/2006/relationships/metadata",
            "We booked it on example.com, then www. stood there; http://www.w3.org/2000/svg",
            "0 1 2 3 4 5 6 7 8 9 10; 0 5 10 15 20 25; 1-2-3-4-5-6-7-8-9; 512 345 678 Kč",
            "Look at example.com; we sat at home. The web at work is free. 10 20 30 40; 1939 1945",
            "I counted one two three four five six seven eight; ten nine eight seven six five four",
            "Eins zwei drei vier, eins zwei drei vier. At 0900, 1000 and 1100; flat 012, 013, 014",
            "We waited one, two, three hours, four times; oh, one two people came; 0.5, 1.5, 234",
            "In nineteen eighty four, nineteen eighty five. Zero point five, zero point six, zero",
            "他等了15分钟, 2026年9月12日, 第3号, 10路12号线",
            "서울로 3번 갔다, 그 사람으로 3번; в 5 раз; 1700000000",
            "The straße was empty for 3 weeks; Parkplatz 5 was free. A drive of 3 hours.",
        )
    )
    assert contacts(text) == []


def test_the_quick_look_sees_signs_that_are_written_wide() -> None:
    text = "See ｗｗｗ．northline．com"
    assert contacts(text)
    assert may_hold(text)


@given(st.lists(st.uuids(version=4), min_size=20, max_size=40), st.sampled_from((",", ", ", "\t")))
@example([UUID("a955b9f8-be77-46cd-9ee0-04bec522ee21")], ",")
@example([UUID(int=0), UUID("bd0e57b7-7226-449e-8688-3d9b546cb0a6")], ",")
def test_keys_of_rows_are_no_contact_data(keys: list[UUID], between: str) -> None:
    row = between.join(map(str, keys))
    assert contacts(row) == []
    assert [found.kind for found in contacts(f"{row} DE89370400440532013000")] == [Kind.ACCOUNT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At 12 High Street, before that in Hauptstraße 5", ["12 High Street", "Hauptstraße 5"]),
        ("ab der überlandstraße 3 km bis zur Hauptstraße 12", ["Hauptstraße 12"]),
        ("na ulica Nowa 5, aleja Róż 2", ["ulica Nowa 5", "aleja Róż 2"]),
        ("Ulica 3 Nowa, Via Roma 12, Hauptstraße 5", ["Via Roma 12", "Hauptstraße 5"]),
    ],
)
def test_no_street_hides_the_one_beside_it(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in contacts(text)] == found


def test_what_stands_in_one_text_hides_no_street_in_the_next() -> None:
    texts = [
        "ab der überlandstraße 3 km",
        "12 High Street",
        "Hauptstraße 5 in Graz",
        "12 High Street",
    ]
    found = {at for at, _ in contacts_in(texts)}
    assert found == {at for at, text in enumerate(texts) if contacts(text)} == {1, 2, 3}


@pytest.mark.parametrize("link", ["FB.COM/ANNA.BERG", "X.com/annaberg", "wWw.annaberg.de/me"])
def test_a_link_is_found_in_small_letters_and_in_capitals(link: str) -> None:
    text = f"see {link} there"
    assert [text[one.start : one.end] for one in contacts(text)] == [link]


_BESIDE = st.sampled_from(
    [
        "12 High Street",
        "Hauptstraße 5",
        "an überlandstraße 3",
        "wWw.a-berg.de/me",
        "X.COM/ANNA",
        "https://a.org",
        "@maya.berlin",
        "anna at gmail dot com",
        "0664/1234567",
        "+43 664",
        "DE89 3704 0044 0532 0130 00",
        "1234567",
        "-",
    ]
)


@given(texts=st.lists(st.lists(_BESIDE, min_size=1, max_size=3).map(" ".join), max_size=4))
def test_what_is_found_in_a_text_does_not_depend_on_those_beside_it(texts: list[str]) -> None:
    alone = [(at, one) for at, text in enumerate(texts) for one in contacts(text)]
    assert list(contacts_in(texts)) == alone
