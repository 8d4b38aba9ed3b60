"""Replies in which a cue stands and replies beside it: (cue, language, reply, context)."""

from simulator.domain.cue import Cue

_WAIT = {
    "de": "Ich warte seit drei Wochen auf die Waschmaschine, und keiner ruft zurück!",
    "en": "I've been waiting three weeks for the washing machine and nobody rings back!",
}

_FOUND = {
    (Cue.SPECIFIC_APOLOGY, "de"): [
        "Es tut mir leid, dass Sie drei Wochen gewartet haben.",
        "Entschuldigung für die vergessene Waschmaschine.",
        "Ich entschuldige mich dafür, dass keiner zurückgerufen hat.",
    ],
    (Cue.SPECIFIC_APOLOGY, "en"): [
        "I'm sorry you waited three weeks for it.",
        "Sorry that nobody rang you about the washing machine.",
        "I apologise for the call that never came.",
    ],
    (Cue.NAMED_FEELING, "de"): [
        "Kein Wunder, dass Sie sauer sind.",
        "Da wäre ich auch wütend.",
        "Das ist wirklich ärgerlich.",
    ],
    (Cue.NAMED_FEELING, "en"): [
        "No wonder you're fed up.",
        "I'd be livid too.",
        "That must have been frightening.",
    ],
    (Cue.TAKEN_UP_FACT, "de"): [
        "Die Waschmaschine also.",
        "Drei Wochen sind lang.",
        "Und auf den Anruf warten Sie auch seit drei Wochen?",
    ],
    (Cue.TAKEN_UP_FACT, "en"): [
        "The washing machine, then.",
        "Three weeks is long.",
        "And it's been 3 weeks now?",
    ],
    (Cue.PARAPHRASE, "de"): [
        "Wenn ich Sie richtig verstehe, warten Sie seit drei Wochen.",
        "Sie haben also drei Wochen nichts gehört.",
        "Drei Wochen ohne Waschmaschine.",
    ],
    (Cue.PARAPHRASE, "en"): [
        "If I've understood you right, it's been three weeks.",
        "So you've waited three weeks for nothing.",
        "You said the washing machine never came.",
    ],
    (Cue.OPEN_QUESTION, "de"): [
        "Was fehlt Ihnen im Moment am meisten?",
        "Okay, und wie behelfen Sie sich so lange?",
        "Erzählen Sie mir, was bei der Lieferung war.",
    ],
    (Cue.OPEN_QUESTION, "en"): [
        "What's the worst of it for you?",
        "Right, and how are you managing meanwhile?",
        "Tell me what happened on the day.",
    ],
    (Cue.CONCRETE_STEP, "de"): [
        "Ich rufe Sie morgen um zehn selbst an.",
        "Bis Freitag bekommen Sie das Geld zurück.",
        "Herr Uhlig kommt heute bis 16 Uhr zu Ihnen.",
    ],
    (Cue.CONCRETE_STEP, "en"): [
        "I'll ring you tomorrow at ten.",
        "You'll have the refund by Friday.",
        "I'm booking the van right now.",
    ],
    (Cue.CHOICE, "de"): [
        "Was wäre Ihnen lieber?",
        "Möchten Sie das Geld zurück oder lieber ein neues Gerät?",
        "Es gibt zwei Möglichkeiten.",
    ],
    (Cue.CHOICE, "en"): [
        "Which would you prefer?",
        "Would you like the money back or a new machine?",
        "You've two options.",
    ],
    (Cue.OWNERSHIP, "de"): [
        "Das war unser Fehler.",
        "Ich kümmere mich darum.",
        "Da haben Sie recht.",
    ],
    (Cue.OWNERSHIP, "en"): ["That was our mistake.", "Leave it with me.", "You're right."],
    (Cue.CALM_LIMIT, "de"): [
        "Den Ausdruck lassen wir bitte weg.",
        "Ich helfe Ihnen gern, aber ohne Beleidigungen.",
        "So möchte ich nicht angesprochen werden.",
    ],
    (Cue.CALM_LIMIT, "en"): [
        "I want to help you, but I won't be called names.",
        "No more of those words, please.",
        "Please don't swear at me.",
    ],
    (Cue.THANKS, "de"): [
        "Danke, dass Sie so lange drangeblieben sind.",
        "Gut, dass Sie anrufen.",
        "Vielen Dank fürs Warten.",
    ],
    (Cue.THANKS, "en"): [
        "Thank you for telling me.",
        "I'm glad you rang.",
        "Thanks for waiting.",
    ],
    (Cue.STOCK_PHRASE, "de"): [
        "Das tut mir leid.",
        "Ich verstehe Ihren Ärger.",
        "Ihr Anliegen ist uns sehr wichtig.",
    ],
    (Cue.STOCK_PHRASE, "en"): [
        "I'm sorry.",
        "I understand your frustration.",
        "Sorry for any inconvenience caused.",
    ],
    (Cue.CALM_DOWN, "de"): [
        "Beruhigen Sie sich.",
        "Jetzt bleiben Sie mal sachlich.",
        "So kommen wir hier nicht weiter.",
    ],
    (Cue.CALM_DOWN, "en"): [
        "Calm down, please.",
        "There's no need to shout.",
        "Watch your language.",
    ],
    (Cue.BLAME, "de"): [
        "Das hätten Sie früher sagen müssen.",
        "Da sind Sie selbst schuld.",
        "Sie haben das falsch eingegeben.",
    ],
    (Cue.BLAME, "en"): [
        "You should have read the terms.",
        "That's your own fault.",
        "You probably entered it wrong.",
    ],
    (Cue.NOT_MY_JOB, "de"): [
        "Dafür bin ich nicht zuständig.",
        "Das ist nicht meine Abteilung.",
        "Da kann ich leider nichts machen.",
    ],
    (Cue.NOT_MY_JOB, "en"): [
        "That's not my department.",
        "There's nothing I can do.",
        "I'm not responsible for deliveries.",
    ],
    (Cue.ASKS_AGAIN, "de"): [
        "Können Sie mir das noch einmal schildern?",
        "Worum geht es denn?",
        "Seit wann warten Sie denn?",
    ],
    (Cue.ASKS_AGAIN, "en"): [
        "Could you repeat that?",
        "How can I help?",
        "How long have you been waiting?",
    ],
    (Cue.ASKS_NUMBER, "de"): [
        "Amselruf, guten Tag, Kundennummer und Geburtsdatum bitte.",
        "Wie ist Ihre Kundennummer?",
        "Ohne Auftragsnummer geht nichts.",
        "Vertragsnummer, bitte.",
    ],
    (Cue.ASKS_NUMBER, "en"): [
        "Account number and password, please.",
        "Larkmoor, job number?",
        "I can't get in without the number.",
        "What's your account number?",
        "I need the order reference.",
        "Can I get your date of birth?",
    ],
    (Cue.HOLD_OFF, "de"): [
        "Wir melden uns.",
        "Haben Sie bitte etwas Geduld.",
        "Ich gebe das weiter.",
    ],
    (Cue.HOLD_OFF, "en"): [
        "Someone will be in touch.",
        "Please be patient.",
        "I'll pass that on.",
    ],
    (Cue.JUSTIFICATION, "de"): [
        "Laut unseren AGB ist das so.",
        "Das ist nun mal so.",
        "Aus Datenschutzgründen geht das nicht.",
    ],
    (Cue.JUSTIFICATION, "en"): [
        "That's our policy.",
        "The system won't let me.",
        "I don't make the rules, it's company rules.",
    ],
    (Cue.MUST, "de"): [
        "Da müssen Sie ein Formular ausfüllen.",
        "Sie müssten das schriftlich einreichen.",
        "Ein Nachweis ist zwingend erforderlich.",
    ],
    (Cue.MUST, "en"): [
        "You have to fill in the form.",
        "You'll need to send it by post.",
        "Proof of purchase is required.",
    ],
    (Cue.BELITTLING, "de"): [
        "Das ist doch nicht so schlimm.",
        "Stellen Sie sich nicht so an.",
        "Andere Kunden warten länger.",
    ],
    (Cue.BELITTLING, "en"): [
        "It's not that bad.",
        "You're overreacting.",
        "These things happen.",
    ],
    (Cue.INSULT, "de"): [
        "Sind Sie taub?",
        "Sie sind doch zu blöd dafür.",
        "Heulen Sie doch.",
        "Mir doch egal.",
        "Halten Sie endlich den Mund.",
    ],
    (Cue.INSULT, "en"): [
        "Are you deaf?",
        "You're being ridiculous.",
        "Cry me a river.",
        "I couldn't care less.",
        "Shut up.",
    ],
    (Cue.SALES_PITCH, "de"): [
        "Darf ich Ihnen unser Premium-Paket anbieten, ein tolles Angebot für Sie?",
        "Wir schenken Ihnen zwei Monate.",
        "Haben Sie schon mal überlegt, nur zu pausieren?",
    ],
    (Cue.SALES_PITCH, "en"): [
        "I've a great offer for you on our premium plan.",
        "What if I gave you three months at half price?",
        "Last chance, don't miss out!",
    ],
}

_NOT_FOUND = {
    (Cue.SPECIFIC_APOLOGY, "de"): ["Das tut mir leid.", "Die Waschmaschine kommt morgen."],
    (Cue.SPECIFIC_APOLOGY, "en"): [
        "Sorry for any inconvenience.",
        "The machine comes tomorrow.",
    ],
    (Cue.NAMED_FEELING, "de"): ["Ich verstehe Ihren Ärger.", "Das Gerät kommt morgen."],
    (Cue.NAMED_FEELING, "en"): ["I understand your frustration.", "It comes tomorrow."],
    (Cue.TAKEN_UP_FACT, "de"): ["Guten Tag, was kann ich tun?", "Das verstehe ich."],
    (Cue.TAKEN_UP_FACT, "en"): ["Good morning, how can I help?", "I understand that."],
    (Cue.PARAPHRASE, "de"): ["Wenn ich Sie richtig verstehe.", "Guten Tag."],
    (Cue.PARAPHRASE, "en"): ["If I've understood you right.", "Good morning."],
    (Cue.OPEN_QUESTION, "de"): ["Was kann ich für Sie tun?", "Ist das Gerät da?"],
    (Cue.OPEN_QUESTION, "en"): ["How can I help you?", "Is the machine there?"],
    (Cue.CONCRETE_STEP, "de"): ["Ich kümmere mich.", "Wir melden uns zeitnah."],
    (Cue.CONCRETE_STEP, "en"): ["I'll look into it.", "We'll be in touch shortly."],
    (Cue.CHOICE, "de"): ["Wollen Sie den Termin oder nicht?", "Sie bekommen Geld zurück."],
    (Cue.CHOICE, "en"): [
        "One within two hours, or else you pay nothing.",
        "Do you want the slot or not?",
        "You'll get a refund.",
    ],
    (Cue.OWNERSHIP, "de"): ["Das war Ihr Fehler.", "Wir melden uns."],
    (Cue.OWNERSHIP, "en"): ["That was your mistake.", "We'll be in touch."],
    (Cue.CALM_LIMIT, "de"): ["Beruhigen Sie sich.", "Ich helfe Ihnen gern."],
    (Cue.CALM_LIMIT, "en"): ["Calm down.", "I want to help you."],
    (Cue.THANKS, "de"): ["Vielen Dank für Ihre Anfrage.", "Bitte sehr."],
    (Cue.THANKS, "en"): ["Thank you for your patience.", "You're welcome."],
    (Cue.STOCK_PHRASE, "de"): [
        "Es tut mir leid, dass Sie drei Wochen gewartet haben.",
        "Ich schaue nach.",
    ],
    (Cue.STOCK_PHRASE, "en"): ["I'm sorry you waited three weeks.", "I'll look."],
    (Cue.CALM_DOWN, "de"): ["Das beruhigt mich.", "Fragen Sie ruhig."],
    (Cue.CALM_DOWN, "en"): ["The line is calm now.", "Take your time."],
    (Cue.BLAME, "de"): [
        "Wie hätten Sie es gern?",
        "Sie haben nichts falsch gemacht.",
        "An Ihnen liegt es nicht.",
        "Sie haben alles richtig gemacht.",
    ],
    (Cue.BLAME, "en"): [
        "I'll write, or ring if you'd rather.",
        "You should have heard that days ago.",
        "It's not your fault.",
        "You did everything right.",
    ],
    (Cue.NOT_MY_JOB, "de"): ["Dafür bin ich da.", "Ich übernehme das."],
    (Cue.NOT_MY_JOB, "en"): ["That's what I'm here for.", "I'll take that on."],
    (Cue.ASKS_AGAIN, "de"): ["Was ist bei der Lieferung passiert?", "Ich rufe noch einmal an."],
    (Cue.ASKS_AGAIN, "en"): ["How are you managing?", "I'll ring again."],
    (Cue.ASKS_NUMBER, "de"): [
        "Ich finde Sie auch ohne Kundennummer.",
        "Die Nummer brauchen wir nicht.",
        "Ich gebe Ihnen meine Durchwahl.",
    ],
    (Cue.ASKS_NUMBER, "en"): [
        "Is this your number?",
        "Never mind the paperwork.",
        "Here is my direct line.",
    ],
    (Cue.HOLD_OFF, "de"): ["Ich rufe Sie um zehn an.", "Das ist erledigt."],
    (Cue.HOLD_OFF, "en"): ["I'll ring you at ten.", "That's done."],
    (Cue.JUSTIFICATION, "de"): ["Das ändere ich.", "Ich hole das Gerät ab."],
    (Cue.JUSTIFICATION, "en"): ["I'll change that.", "I'll collect it."],
    (Cue.MUST, "de"): [
        "Von vorn anfangen müssen Sie bei mir nicht.",
        "Sie müssen gar nichts tun.",
        "Ich muss kurz nachsehen.",
    ],
    (Cue.MUST, "en"): [
        "You must miss him.",
        "You don't have to do anything.",
        "I must have a look.",
    ],
    (Cue.BELITTLING, "de"): [
        "Wie viele Leute haben Sie auf der Baustelle?",
        "Das ist schlimm.",
        "Das Gerät ist da.",
    ],
    (Cue.BELITTLING, "en"): [
        "How many people have you got on site?",
        "That's bad.",
        "The machine is here.",
    ],
    (Cue.INSULT, "de"): ["Das war überhaupt nicht dumm.", "Das ist dumm gelaufen, für uns beide."],
    (Cue.INSULT, "en"): [
        "People like you make this world a brighter one.",
        "That wasn't a daft question.",
        "You did well to ring.",
    ],
    (Cue.SALES_PITCH, "de"): ["Ich storniere den Vertrag.", "Das Geld kommt zurück."],
    (Cue.SALES_PITCH, "en"): ["I'll cancel the contract.", "The money comes back."],
}


def _rows(table):
    return [
        (cue, language, reply, _WAIT[language])
        for (cue, language), replies in table.items()
        for reply in replies
    ]


FOUND = _rows(_FOUND)
NOT_FOUND = _rows(_NOT_FOUND)
