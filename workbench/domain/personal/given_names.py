"""Given names that are common in eight languages; data alone.

None of them is an ordinary word, a month, a colour, a flower or a town of these languages, so that
an answer is not taken for a name. What is rare is known by the head of its column.
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    aaron adam adrian agata agnes agnieszka ahmed aisha alan alba albert alberto alejandra
    alejandro alessandra alessandro alessia alex alexander alexandra alfred ali alice alicja
    alina amelie amina amir ana anders andre andrea andreas andrei andrew andrzej angela
    angelika anita ann anna anne anneke annette anouk anthony antoine anton antonia antonio arno
    arthur astrid barbara barbora bartosz bas beata beatrice beatriz ben benedikt benjamin
    benoit bernard bernd bernhard bert bianca birgit bjorn brian brigitte bruno camille carla
    carlos carmen carolin carsten caterina catherine cecile chantal charles chiara chloe chris
    christa christine christoph christophe christopher clara claudia claudio clemens colette
    cristina damian daniel daniela daniele danuta dariusz david deborah denis dennis diana diego
    dieter dietmar dirk dominik dominique donald dorota dorothea eduardo edward elena eleonora
    elif elisa elisabeth elizabeth elke emil emilia emily emma emmanuel enrico eric erik erika
    ernst erwin esra esther eugenia eva ewa fabian fabienne fatima federica federico felix
    ferdinand fernando filip fiona florian francesca francesco francisco francois francoise
    franz franziska frederic frederik friedrich gabriel gabriela gabriele geert george georg
    gerald gerard gerd gerhard gianni gisela giorgia giorgio giovanni giulia giuseppe goncalo
    grazyna gregor grzegorz guido guillaume gunter gustav hannah hans harald harry hassan heike
    heinrich heinz helen helena helga helmut hendrik henri henry herbert hermann holger hubert
    hugo ian ibrahim ignacio ilse ines ingrid irena irene irina isabel isabelle iwona jacek jack
    jacob jacqueline jakob jakub james jan jana jane janine janusz javier jean jeanne jeffrey
    jennifer jens jeremy jerzy jessica joachim joan joana joanna joao jochen johan johanna
    johannes john jolanta jonas jonathan jorg jorge jose josef joseph juan judith julia julian
    julie julien jurgen justyna kamil karel karin karina karl karolina katarzyna kate katharina
    kathrin katja katrin kenneth kerstin kevin khalid klaas klaus konrad krystyna krzysztof kurt
    larissa larry lars laura laurent lea leah leila lena leon leonardo leonie leticia lieke
    linda lisa lorenzo louis louise luca lucas lucia luigi luis luisa lukas luuk maarten maciej
    magdalena maja malgorzata manfred manon manuel manuela marc marcel marcin marco marek
    margaret margit maria marie marieke mario marion marius marta martha martin martina mateusz
    matteo matthew matthias mathieu maurice max maximilian maya megan mehmet melanie michael
    michal michel michele michelle miguel mikolaj miriam mohamed mohammed monika monique moritz
    mustafa nadia nadine nancy natalia natalie nathalie nicholas nicola nicolas nicole niels
    nikola nils nina noah noor nora norbert oliver olivia omar oscar otto pablo pamela paola
    paolo patricia patrick paul paula pauline pawel pedro peter petra philip philipp philippe
    pierre pieter piotr quentin rachel rafael rainer ralf ralph ramon raphael raquel raul
    rebecca regina reinhard renata renate rene ricardo riccardo richard rita robert roberta
    roberto robin roland rolf ronald rosemarie rudolf ruth ruud ryan sabine sabrina salvatore
    samantha samuel sandra sara sarah sascha sebastian sergio silke silvia simon simone slawomir
    sonja sophia sophie stanislaw stefan stefania stefano steffen stephan stephanie stephen
    steven susan susanne svenja sven sylvia sylvie tanja tatiana teresa theo theresa thierry
    thomas thorsten tiago tim timothy tobias tom tomas tomasz udo ulrich ulrike ursula ute uwe
    valentina valerie vanessa vera verena veronica veronika vincent vincenzo viktor walter
    werner wieslaw wilhelm willem william wojciech wolfgang xavier yannick yasmin yusuf yvonne
    zbigniew zofia zuzanna
    """.split()  # noqa: SIM905  names to be read, not a list to be looked at
)
