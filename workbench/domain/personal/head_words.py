"""The words of heads above personal columns, in eight languages; data alone.

English, German, French, Spanish, Italian, Portuguese, Dutch, Polish. Folded: small letters without
accents, signs as spaces. A phrase is looked for whole, the longest first.
"""

from __future__ import annotations

from workbench.domain.personal.kinds import Kind

PHRASES: dict[Kind, str] = {
    Kind.EMAIL: """
        email, emails, mail, mails, e mail, e mails, mail address, mailadresse, emailadresse,
        mailaddress, emailaddress, mailkontakt, courriel, adresse electronique, mel, correo,
        correo electronico, posta elettronica, correio eletronico, correio electronico,
        mailadres, emailadres, mailowy, mailowe, poczta elektroniczna, adres elektroniczny
    """,
    Kind.NETWORK: "ip, ipaddr, ipaddress, ip address, adresse ip, direccion ip, adres ip",
    Kind.PHONE: """
        phone, phones, telephone, tel, mobile, mobile phone, cell, cellphone, cell phone, whatsapp,
        fax, landline, phonenumber, telefon, telefonnummer, telefonnr, telnr, rufnummer, handy,
        handynr, handynummer, mobilnummer, mobiltelefon, mobilfunknummer, mobil, festnetz,
        festnetznummer, portable, gsm, telefono, movil, celular, cellulare, telefone, telemovel,
        telefoon, telefoonnummer, telefoonnr, mobiel, mobieltje, telefonu, komorka, komorkowy,
        komorkowego, telefon komorkowy
    """,
    Kind.ACCOUNT: """
        iban, bic, bank account, account number, credit card, card number, ssn, social security,
        social security number, social insurance number, national insurance number, passport,
        passport number, id card number, tax number, kontonummer, kontonr, bankverbindung,
        bankkonto, kreditkarte, kreditkartennummer, sozialversicherungsnummer, svnr, svnummer,
        steuernummer, ausweisnummer, reisepassnummer, compte bancaire, securite sociale,
        carte bancaire, passeport, cuenta bancaria, tarjeta de credito, dni, nif, pasaporte,
        conto corrente, carta di credito, codice fiscale, passaporto, conta bancaria,
        cartao de credito, cpf, passaporte, rekeningnummer, bankrekening, bsn,
        burgerservicenummer, paspoort, rachunek bankowy, numer konta, pesel, paszport
    """,
    Kind.BIRTH: """
        date of birth, birth date, birthdate, birthday, born, born on, dob, d o b, geburtsdatum,
        geburtstag, geburtsdaten, gebdatum, geb datum, geboren am, geb am, date de naissance,
        jour de naissance, ne le, nee le, ne e le, fecha de nacimiento, fecha nacimiento,
        nacido el, cumpleanos, data di nascita, giorno di nascita, nato il, nata il, compleanno,
        data de nascimento, nascido em, nascida em, aniversario, geboortedatum, geboortedag,
        geboren op, verjaardag, data urodzenia, dzien urodzenia, urodzony, urodzona, urodziny
    """,
    Kind.POSITION: """
        latitude, longitude, lat, lng, gps, geolocation, coordinates, koordinaten, breitengrad,
        langengrad, laengengrad, coordonnees gps, latitud, longitud, coordenadas, latitudine,
        longitudine, coordinate, coordinaten, breedtegraad, lengtegraad, wspolrzedne,
        szerokosc geograficzna, dlugosc geograficzna
    """,
    Kind.ADDRESS: """
        address, addresses, street, street name, house number, zip, zip code, zipcode, postcode,
        post code, postal code, home town, place of residence, adresse, adressen, anschrift,
        strasse, str, hausnummer, hausnr, plz, postleitzahl, wohnort, wohnadresse, wohnanschrift,
        postadresse, postanschrift, rue, code postal, domicile, lieu de residence, direccion,
        domicilio, calle, codigo postal, indirizzo, codice postale, residenza, endereco, morada,
        rua, cep, adres, woonadres, straat, straatnaam, huisnummer, woonplaats, ulica,
        kod pocztowy, adres zamieszkania, miejsce zamieszkania
    """,
    Kind.CONTACT: """
        contact details, contact data, contact info, contact information, kontaktdaten,
        kontaktinformationen, kontaktmoglichkeit, coordonnees, datos de contacto, recapito,
        recapiti, contatti, dados de contato, dados de contacto, contactgegevens, dane kontaktowe
    """,
    Kind.NAME: """
        name, names, firstname, lastname, fullname, forename, forenames, surname, surnames,
        username, realname, namen, vorname, vornamen, nachname, nachnamen, zuname, familienname,
        rufname, benutzername, nutzername, nom, noms, prenom, prenoms, patronyme,
        nombre, nombres, apellido, apellidos, nome, nomi, nominativo, cognome, sobrenome, apelido,
        naam, namen, voornaam, voornamen, achternaam, familienaam, gebruikersnaam, imie, imiona,
        nazwisko, nazwisko i imie, nazwa uzytkownika, wie heissen sie, wie heisst du,
        comment vous appelez vous, comment t appelles tu, como te llamas, como se llama,
        come ti chiami, come si chiama, como voce se chama, hoe heet je, hoe heet u,
        jak sie nazywasz
    """,
}

ENDS: dict[str, Kind] = {
    "mailadresse": Kind.EMAIL,
    "mailadres": Kind.EMAIL,
    "adresse": Kind.ADDRESS,
    "anschrift": Kind.ADDRESS,
    "adres": Kind.ADDRESS,
    "telefon": Kind.PHONE,
    "telefonnummer": Kind.PHONE,
    "handynummer": Kind.PHONE,
    "telefoonnummer": Kind.PHONE,
    "vorname": Kind.NAME,
    "nachname": Kind.NAME,
    "voornaam": Kind.NAME,
    "achternaam": Kind.NAME,
}
"""How a word ends that is made of such a word and another, as in German and Dutch."""

_BESIDE = {
    "English": """
        a an the your my our their his her its s of for to and or if you any please enter type
        write provide give tell us what is are in block full first last middle given family
        maiden real legal complete display preferred optional required mandatory voluntary
        wanted number numbers no nr num private work business home primary secondary
        alternative current own new contact participant participants respondent recipient
        customer client user person personal persons employee member child children partner
        parent parents guardian patient student tenant adviser advisor agent manager doctor
        teacher friend interviewee invitee attribute field landlord landlady neighbour neighbor
        colleague spouse husband wife mother father sister brother owner driver technician
        nurse caregiver applicant candidate buyer representative supervisor delivery billing
        shipping invoice mailing permanent postal emergency residential country city town place
        state county region area location gps
    """,
    "German": """
        der die das den dem des ein eine einer ihr ihre ihrer ihren ihrem dein deine deiner
        deinen mein meine meiner unser unsere und oder von vom zu zur zum wie was ist lautet
        lauten sind bitte angeben eingeben eintragen nennen geben sie uns vor voller
        vollstandiger vollstandige ganzer freiwillig pflichtfeld nummer nummern privat private
        dienstlich geschaftlich fur ruckfragen person teilnehmer teilnehmerin teilnehmers
        teilnehmende befragte befragter kunde kundin kunden nutzer kind kindes kinder eltern
        partnerin mitarbeiter mitarbeiterin mitarbeiters berater beraterin beraters
        ansprechperson ansprechpartner ansprechpartnerin kontakt kontaktperson patientin
        patienten mieter mieterin vermieter vermieters vermieterin nachbar nachbarn kollege
        kollegin kollegen techniker technikers mutter vater antragsteller arzt lehrer land ort
        stadt wohn haupt
    """,
    "French": """
        le la les l un une de du d des votre vos ton ta tes mon ma mes notre et ou quel quelle
        quels quelles est sont veuillez indiquer saisir merci complet complete famille
        naissance usage facultatif obligatoire numero numeros prive personnel personnelle
        professionnel professionnelle participante repondant client cliente utilisateur
        utilisatrice personne enfant conseiller conseillere proprietaire locataire mari femme
        mere pere postale ville pays
    """,
    "Spanish": """
        el los las su sus tu tus mi mis nuestro y o u cual cuales es son por favor indique
        escriba introduzca completo completa primer primero segundo pila opcional obligatorio
        personal particular participante encuestado encuestada cliente usuario usuaria persona
        hijo hija paciente marido esposa madre padre ciudad pais contacto electronica
        electronico
    """,
    "Italian": """
        il lo gli i un una uno di del della dello dei delle tuo tua tuoi suo sua suoi mio mia e
        ed qual quale quali sono inserisci inserire indicare scrivere favore facoltativo
        obbligatorio privato personale partecipante intervistato cliente utente persona figlio
        figlia paziente marito moglie citta paese casa
    """,
    "Portuguese": """
        os as um uma do da dos das no na seu sua seus teu tua meu minha qual quais sao digite
        informe insira completo completa opcional obrigatorio pessoal participante cliente
        usuario utilizador utente pessoa filho filha mae pai cidade pais
    """,
    "Dutch": """
        het een uw je jouw jullie mijn onze en of wat zijn vul in geef op aub voor achter
        volledige volledig optioneel verplicht prive zakelijk deelnemer deelnemers klant
        gebruiker persoon kind medewerker patient verhuurder man vrouw moeder vader stad plaats
        land
    """,
    "Polish": """
        twoj twoja twoje pan pani pana panstwa moj moja i lub oraz jaki jaka jakie jest sa
        prosze podaj podac wpisz pelne pelny opcjonalnie wymagane numer numeru prywatny
        sluzbowy uczestnika uczestniczki klienta klientki uzytkownika osoby dziecka pracownika
        pacjenta maz zona matka ojciec miasto kraj do z kontaktowy kontaktowa
    """,
}
BESIDE = frozenset(word for words in _BESIDE.values() for word in words.split())
"""What may stand beside such a word in a head that asks for nothing else."""
