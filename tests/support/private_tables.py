"""Tables of survey tools, with what tells who somebody is; people and words are invented."""

from __future__ import annotations

from dataclasses import dataclass

FORM = """\
Timestamp,Username,Your full name,What is your email?,Phone number (optional),How was it?
2024/05/01 10:00:00 AM GMT+2,talia@example.org,Talia Chen,talia@example.org,+43 1 234,It took weeks
2024/05/02 10:00:00 AM GMT+2,annika@example.org,Annika Leeman,annika@example.org,,Fine
"""
GERMAN = """\
Nr;Vor- und Nachname;Mailadresse;Handy;Wohnort/Straße;Was lief schief?
1;Talia Chen;talia@example.org;0664 1;Lange Gasse 1;It took weeks
2;Annika Leeman;annika@example.org;0664 2;Kurze Gasse 2;Fine
"""
LIMESURVEY = """\
"id. Response ID","submitdate. Date submitted","lastpage. Last page","seed. Seed",\
"ipaddr. IP address","attribute_1. First name","email. Email address","Q1. How was moving in?"
"1","2024-05-01 10:00","3","12399","10.0.0.1","Talia","talia@example.org","It took weeks"
"2","2024-05-02 10:00","3","12499","10.0.0.2","Annika","annika@example.org","Fine"
"""
QUALTRICS = """\
StartDate,IPAddress,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,\
LocationLatitude,LocationLongitude,Q1,Q2
Start Date,IP Address,Response ID,Recipient Last Name,Recipient First Name,\
Recipient Email,Location Latitude,Location Longitude,How was moving in?,What is your name?
"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}","{""ImportId"":""d""}",\
"{""ImportId"":""e""}","{""ImportId"":""f""}","{""ImportId"":""g""}","{""ImportId"":""h""}",\
"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"
2024-05-01 10:00,10.0.0.1,R_1,Chen,Talia,talia@example.org,48.2082,16.3738,It took weeks,Talia C.
2024-05-01 11:00,10.0.0.2,R_2,Leeman,Annika,annika@example.org,48.2083,16.3739,Fine,
"""
TURNS = "start,end,speaker,text,e-mail\n0:00:01.5,0:00:02,P1,It took weeks,talia@example.org\n"
SECRET = ("Talia", "Chen", "talia@", "example.org")


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the columns in it that tell who somebody is, and what is to be found nowhere."""

    text: str
    private: tuple[str, ...]
    secret: tuple[str, ...]


TABLES = {
    "form.csv": Table(
        FORM,
        ("Username", "Your full name", "What is your email?", "Phone number (optional)"),
        (*SECRET, "Annika", "Leeman", "+43 1 234", "10:00:00 AM"),
    ),
    "german.csv": Table(
        GERMAN,
        ("Vor- und Nachname", "Mailadresse", "Handy", "Wohnort/Straße"),
        (*SECRET, "Annika", "Leeman", "0664 1", "0664 2", "Gasse"),
    ),
    "limesurvey.csv": Table(
        LIMESURVEY,
        ("ipaddr. IP address", "attribute_1. First name", "email. Email address"),
        (*SECRET, "Annika", "10.0.0."),
    ),
    "qualtrics.csv": Table(
        QUALTRICS,
        (
            *("IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail"),
            *("LocationLatitude", "LocationLongitude", "Q2"),
        ),
        (*SECRET, "Annika", "Leeman", "10.0.0.", "48.2082", "16.3739", "05-01 10:00"),
    ),
    "turns.csv": Table(TURNS, (), SECRET),
}
