"""Every kind of fault there is, once, with its code.

A code is for ever: people look it up, and tests and other programs go by it. The words are made when a fault is
shown, in the language in use then. docs/checklist-faults.md is made from the table.
"""

from __future__ import annotations

from enum import StrEnum, unique

from stockcheck.language import N_


@unique
class Kind(StrEnum):
    """A kind of fault: its code, what is wrong, and (where one hint fits all cases) what would be right.

    Braces mark the blanks of a template; `Fault` fills them.
    """

    message: str
    hint: str

    def __new__(cls, code: str, message: str, hint: str = "") -> Kind:
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.message, kind.hint = message, hint
        return kind

    # A file as a whole
    UNREADABLE = "unreadable", N_("cannot be read: {why}.")
    UNWRITABLE = "unwritable", N_("cannot be written: {why}.")
    TOO_LARGE = (
        "too-large",
        N_("is larger than {limit} MiB, the most a checklist file may have."),
        N_("Split it into sections."),
    )
    NOT_UTF8 = "not-utf8", N_("is not UTF-8 text."), N_("Save the file with the encoding UTF-8.")
    TOO_MANY_FILES = "too-many-files", N_("uses more than {limit} files.")
    TOO_MANY_FAULTS = "too-many-faults", N_("has too many faults; these are the first {limit} that were found.")

    # YAML
    CONTROL_CHARACTER = (
        "control-character",
        N_("holds a control character that YAML does not allow."),
        N_("Delete it."),
    )
    NOT_YAML = "not-yaml", N_("is not valid YAML: {said}.")
    UNEXPECTED_COLON = (
        "unexpected-colon",
        N_("is not valid YAML: no “: ” may stand here."),
        N_('Put a text that holds ": " in double quotes; begin the keys of one map in the same column.'),
    )
    MISSING_COLON = (
        "missing-colon",
        N_("is not valid YAML: there is no “: ” after a key before this place."),
        N_("Write key: value."),
    )
    UNQUOTED_SIGN = (
        "unquoted-sign",
        N_("is not valid YAML: no value can begin with this sign."),
        N_("Indent with spaces, never tabs; put a text that starts with a sign in double quotes."),
    )
    NOT_CLOSED = (
        "not-closed",
        N_("is not valid YAML: a bracket or a quotation mark is not closed, or a comma is missing."),
        N_("Look before this place."),
    )
    MISPLACED = (
        "misplaced",
        N_("is not valid YAML: what stands here belongs to no map and no list."),
        N_("Check the indentation of the line, its brackets and its quotation marks."),
    )
    SECOND_DOCUMENT = "second-document", N_("holds a second document."), N_("Delete everything from this --- on.")
    TOO_MANY_NODES = "too-many-nodes", N_("has more than {limit} keys and values."), N_("Split it into sections.")
    TOO_DEEP = "too-deep", N_("is nested deeper than {limit} levels.")
    ALIAS = "alias", N_("anchors and aliases (& and *) are not allowed."), N_("Write the text out in full.")
    TAG = "tag", N_("tags (!) are not allowed."), N_("Delete the tag, or quote the text.")
    COMPOUND_KEY = "compound-key", N_("a key is a single word, not a list or a map.")
    DUPLICATE_KEY = (
        "duplicate-key",
        N_("the key stands twice; it is already on line {first}."),
        N_("Delete one of the two."),
    )
    LONG_NUMBER = (
        "long-number",
        N_("the number is too long (at most {limit} digits)."),
        N_("Write fewer digits, or quote it if it is text."),
    )

    # Keys and their values
    MISSING_KEY = "missing-key", N_("the key {key} is missing.")
    UNKNOWN_KEY = "unknown-key", N_("the key {key} is not known.")
    NOT_A_TEXT = "not-a-text", N_("should be text."), N_("Put it in double quotes.")
    NOT_A_MAP = "not-a-map", N_("should be a map (key: value lines).")
    NOT_A_LIST = "not-a-list", N_("should be a list.")
    NOT_A_NUMBER = "not-a-number", N_("should be a number."), N_("With a decimal point, such as 12 or 12.5.")
    NOT_A_WHOLE_NUMBER = "not-a-whole-number", N_("should be a whole number.")
    NOT_A_DATE = "not-a-date", N_("should be a date."), N_("Write year-month-day, such as 2026-03-31.")
    NOT_A_BOOLEAN = "not-a-boolean", N_("should be true or false.")
    NOT_A_FLOOR = "not-a-floor", N_("should be true, false, or a number over 0 up to 1.")
    NOT_A_WORD = "not-a-word", N_("should be one word of letters, digits, and - _ . only.")
    NOT_A_CONDITION = (
        "not-a-condition",
        N_("is no condition."),
        N_("Write {{question: …}}, {{profile: …}}, {{all: […]}}, {{any: […]}} or {{not: …}}."),
    )
    NOT_ONE_OF = "not-one-of", N_("should be one of: {names}.")
    TOO_SMALL = "too-small", N_("should be {least} or more.")
    TOO_GREAT = "too-great", N_("should be {most} or less.")
    EMPTY = "empty", N_("should not be empty.")
    TOO_LONG = "too-long", N_("is longer than {limit} characters.")
    INVISIBLE_CHARACTER = "invisible-character", N_("holds the invisible character {character}."), N_("Delete it.")
    INVALID_VALUE = "invalid-value", N_("is no value for this key: {said}.")

    # A checklist and its sections
    MISSING_SECTION = (
        "missing-section",
        N_("there is no file sections/{section}.yaml."),
        N_("Create it, or mend the name."),
    )
    SECTION_TWICE = "section-twice", N_("the section {section} is used twice."), N_("Delete one.")
    NOT_IN_SECTION = "not-in-section", N_("section {section} has no question {question}.")
    ID_NOT_FILE = ("id-not-file", N_("the id is {id}, the file is called {name}.yaml."), N_("Make the two the same."))
    TOO_MANY_ASKED = "too-many-asked", N_("there are {count} questions and profile fields; at most {limit}.")
    LEVEL_ORDER = "level-order", N_("should be {number}."), N_("Levels are numbered 1, 2, 3 … in order.")
    UNKNOWN_LEVEL = ("unknown-level", N_("the checklist {checklist} has no level {level}."), N_("It has {levels}."))
    LEVELS_OF_TWICE = ("levels-of-twice", N_("the levels are those of {name} already."), N_("Only one can have them."))
    UNLISTED_STANDARD = "unlisted-standard", N_("{checklist} lists no standard for “{reference}”.")
    DUPLICATE_ID = "duplicate-id", N_("the id {id} is already in section {section}."), N_("Give it another id.")
    DUPLICATE_FIELD = "duplicate-field", N_("the profile has two fields {id}."), N_("Give one another id.")

    # An annex
    MISSING_BASE = "missing-base", N_("there is no checklist {name} to extend."), N_("Mend the name.")
    EXTENDS_ITSELF = (
        "extends-itself",
        N_("the checklist would extend itself, by way of {name}."),
        N_("Name another checklist, and give this file another name than its."),
    )
    EXTENDS_TOO_DEEP = "extends-too-deep", N_("more than {limit} checklists extend one another.")
    ANNEX_LIKE_BASE = (
        "annex-like-base",
        N_("the checklist that it extends is called {id} too."),
        N_("Give it another id."),
    )
    ANNEX_LANGUAGE = (
        "annex-language",
        N_("the checklist that it extends is written in {language}."),
        N_("Write the same."),
    )
    NOT_IN_BASE = "not-in-base", N_("{base} has no question {id} any more, or never had one.")
    NOT_TO_CHANGE = (
        "not-to-change",
        N_("an annex cannot change the {key}."),
        N_("Drop the question and ask another, with an id of its own."),
    )
    FIELD_DROPPED = "field-dropped", N_("{id} is a fact that is asked first; an annex drops questions only.")
    DROPPED_TWICE = "dropped-twice", N_("{id} is dropped twice."), N_("Delete one.")
    DROPPED_AND_CHANGED = "dropped-and-changed", N_("{id} is dropped as well."), N_("Do one of the two.")
    DROPPED_BUT_READ = (
        "dropped-but-read",
        N_("{reader} goes by the answer to {id}."),
        N_("Change or drop {reader} as well."),
    )
    NOTHING_LEFT = "nothing-left", N_("the annex leaves no question.")

    # A question and its options
    MISSING_OPTIONS = (
        "missing-options",
        N_("a {type} question needs options."),
        N_("Add options: {{word: {{text: …, credit: …}}}}."),
    )
    MISSING_BANDS = (
        "missing-bands",
        N_("a {type} question needs bands."),
        N_("Add bands: [{{at_most: …, credit: 1}}]."),
    )
    KEY_NOT_FOR_TYPE = "key-not-for-type", N_("a {type} question has no {key}."), N_("It belongs to type: {types}.")
    BOUND_ORDER = "bound-order", N_("no value fits: {low} is greater than {high}."), N_("Swap the two.")
    KEY_OF_TEXT = "key-of-text", N_("a text question is not scored and takes no {key}."), N_("Delete the line.")
    PART_OF_TEXT = ("part-of-text", N_("{id} is a text question and never falls short."), N_("Name a scored question."))
    PART_OF_LATER = (
        "part-of-later",
        N_("{id} does not stand earlier in the checklist."),
        N_("A question is part of an earlier one."),
    )
    PART_WITHOUT_CONDITION = (
        "part-without-condition",
        N_("a question that is part of another needs a condition."),
        N_("Add when: {{question: {id}, is: […]}}."),
    )
    RESERVED_OPTION = (
        "reserved-option",
        N_("no option may be called {option}: every question takes that answer."),
        N_("Give it another id."),
    )
    PROFILE_CREDIT = (
        "profile-credit",
        N_("profile options have no credit: the profile is never scored."),
        N_("Delete it."),
    )
    MISSING_CREDIT = "missing-credit", N_("the option has no credit."), N_("Add credit: 0 to 1.")
    NEGATIVE_CREDIT = "negative-credit", N_("a choice's credit should be 0 or more.")
    STILL_THERE = ("still-there", N_("{id} is still in the checklist."), N_("Only an id that is gone is replaced."))
    REPLACED_TWICE = "replaced-twice", N_("{other} already replaces {id}."), N_("Only one question can.")
    OPTION_STILL_THERE = (
        "option-still-there",
        N_("{id} is still an option here."),
        N_("Only an option that is gone is replaced."),
    )
    OPTION_REPLACED_TWICE = (
        "option-replaced-twice",
        N_("the option {other} already replaces {id}."),
        N_("Only one option can."),
    )

    # Conditions
    UNKNOWN_QUESTION = "unknown-question", N_("there is no question {id}.")
    UNKNOWN_FIELD = "unknown-field", N_("there is no profile field {id}.")
    LATER_QUESTION = (
        "later-question",
        N_("{id} stands later in the checklist."),
        N_("A condition reads only what stands earlier."),
    )
    UNKNOWN_ANSWER = "unknown-answer", N_("{id} has no answer {word}.")
    RESERVED_ANSWER = (
        "reserved-answer",
        N_("no condition can ask for {word}."),
        N_("An unknown answer leaves the condition undetermined."),
    )
    TEST_NOT_FOR_TYPE = (
        "test-not-for-type",
        N_("{id} is a {type}, which takes no {test}."),
        N_("Use one of: {tests}."),
    )
    MISSING_TEST = (
        "missing-test",
        N_("the condition does not say what the answer should be."),
        N_("Add one of: {tests}."),
    )
    IS_NOT_ALONE = "is-not-alone", N_("“is” stands alone."), N_("Split the condition with all: […].")

    # Translations
    LANGUAGE_NOT_FOLDER = (
        "language-not-folder",
        N_("the language is {language}, the folder is called {folder}."),
        N_("Make the two the same."),
    )
    SECTION_LIKE_CHECKLIST = (
        "section-like-checklist",
        N_("the section {section} is called as the checklist is: their translations would be one file."),
        N_("Give one of them another id."),
    )
    NOTHING_TO_TRANSLATE = "nothing-to-translate", N_("there is no {id} to translate.")
    UNKNOWN_OPTION = "unknown-option", N_("there is no option {option}.")
    TRANSLATED_TWICE = "translated-twice", N_("{id} is translated twice."), N_("Delete one.")
    CHECKLIST_UNTRANSLATED = "checklist-untranslated", N_("the checklist is not translated.")
    SECTION_UNTRANSLATED = "section-untranslated", N_("the section is not translated.")
    LEVEL_UNTRANSLATED = "level-untranslated", N_("level {level} is not translated.")
    UNTRANSLATED = "untranslated", N_("is not translated.")
    TEXT_UNTRANSLATED = "text-untranslated", N_("{key} is not translated.")
    OPTION_UNTRANSLATED = "option-untranslated", N_("option {option} is not translated.")
    OUTDATED_TRANSLATION = (
        "outdated-translation",
        N_("renders revision {rendered}; the source is at revision {revision}."),
    )
    SOURCE_TEXT = "source-text", N_("this is the source's own text."), N_("Translate it.")
    SOURCE_WORD = "source-word", N_("“{word}” is left from the source."), N_("Translate it.")

    # The glossary
    FORM_TWICE = "form-twice", N_("the form {form} is already that of the term {first}."), N_("Delete one.")
    TERM_UNUSED = "term-unused", N_("no question uses the term {id}."), N_("Delete it, or mend its forms.")

    # A scenario of a workshop
    KEY_DOES_NOT_FIT = "key-does-not-fit", N_("the answer of the key does not fit: {said}")
    KEY_LACKS = "key-lacks", N_("the key has no answer to {id}."), N_("Every question that is asked needs one.")
    KEY_NOT_ASKED = (
        "key-not-asked",
        N_("{id} is not asked, given the facts and answers of the key."),
        N_("Delete it, or mend the answer that its condition reads."),
    )
    UNKNOWN_SCENE = "unknown-scene", N_("there is no scene {id}.")
    SCENE_TWICE = "scene-twice", N_("the scene {id} stands twice."), N_("Give one of them another id.")

    # What an official should not have to meet (the lint alone says it)
    EMPTY_LEVEL = "empty-level", N_("no question belongs to this level.")
    MISSING_TEXT = ("missing-text", N_("there is no {key}."), N_("An official cannot act on the question without it."))
    MISSING_REFERENCE = (
        "missing-reference",
        N_("there is no reference."),
        N_("Name the module the control comes from."),
    )
    LONG_TEXT = "long-text", N_("{key} has {length} characters; at most {limit}.")
    JOINED_CONTROLS = (
        "joined-controls",
        N_("“{word}” may join two controls."),
        N_("Split it, or give the reason under `joins` if it asks one thing all the same."),
    )
    WITHIN_DISAGREES = (
        "within-disagrees",
        N_("the remedy names another time than {days} days."),
        N_("Let the two agree."),
    )
    PART_OF_PROPOSED = (
        "part-of-proposed",
        N_("a depot that answers “no” to {parent} would score better without it."),
        N_("Add part_of: {parent}."),
    )
    NEVER_HOLDS = "never-holds", N_("the condition can never hold.")
    NEVER_HOLDS_IN_SECTION = "never-holds-in-section", N_("the condition can never hold where its section applies.")
    SECTION_NEVER_APPLIES = "section-never-applies", N_("the condition of section {section} can never hold.")
    SAME_OPTION_TEXT = (
        "same-option-text",
        N_("options {first} and {second} have the same text."),
        N_("Whoever answers cannot tell them apart: change one."),
    )
    SAME_BUT_CASE = (
        "same-but-case",
        N_("the ids {first} and {second} differ by case alone."),
        N_("Whoever types one may mean the other: change one."),
    )

    # Words of danger, and words to avoid (warnings of the lint)
    CAUTION_HANDLING = (
        "caution-handling",
        N_("“{words}” has somebody handle what may explode and names nobody qualified, such as “{caution}”."),
        N_("Say under whom, or give the reason under `judged`, key handling."),
    )
    CAUTION_HOT_WORK = (
        "caution-hot-work",
        N_("“{words}” orders hot work without a “{caution}”."),
        N_("Ask for the permit, or give the reason under `judged`, key hot-work."),
    )
    CAUTION_FUMES = (
        "caution-fumes",
        N_("“{words}” is a sign of propellant that may ignite, without a word such as “{caution}”."),
        N_("Say what keeps people safe, or give the reason under `judged`, key fumes."),
    )
    CAUTION_RADIO = (
        "caution-radio",
        N_("“{words}” may fire what is fired electrically; “{caution}” has to allow it."),
        N_("Say so, or give the reason under `judged`, key radio."),
    )
    CAUTION_UNANNOUNCED = (
        "caution-unannounced",
        N_("“{words}” sends somebody unknown to armed guards without the “{caution}”."),
        N_("Say who knows of it, or give the reason under `judged`, key unannounced."),
    )
    WORD_TO_AVOID = (
        "word-to-avoid",
        N_("“{word}” is a form to avoid."),
        N_("Better: “{better}”; or give the reason under `judged`, with the form as its key."),
    )
    JUDGED_IN_VAIN = (
        "judged-in-vain",
        N_("no text of this question trips the lint with {word}."),
        N_("Delete the line."),
    )

    # questions.lock
    NOT_LOCKED = "not-locked", N_("{id} is not in the lock file."), N_("Add it with: lint --update-lock.")
    ID_USED_AGAIN = "id-used-again", N_("{id} was taken out before."), N_("Give the new question another id.")
    REVISION_FELL = (
        "revision-fell",
        N_("{id} went back from revision {locked} to {revision}."),
        N_("Revisions only rise."),
    )
    REVISION_ROSE = (
        "revision-rose",
        N_("{id} is now at revision {revision}."),
        N_("Confirm it with: lint --update-lock."),
    )
    ID_GONE = (
        "id-gone",
        N_("{id} is in no checklist any more."),
        N_("Restore it, name it under `replaces`, or confirm it with: lint --update-lock."),
    )

    # released.lock
    NOT_REGISTERED = (
        "not-registered",
        N_("{id} {version} is not registered as it stands."),
        N_("Register it with: lint --update-lock."),
    )
    RELEASED_OTHERWISE = (
        "released-otherwise",
        N_("{id} {version} was released with other content."),
        N_("Raise its version, then register it with: lint --update-lock."),
    )
