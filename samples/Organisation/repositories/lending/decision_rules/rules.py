"""The rules, one a line, in the order in which they are applied. The text beside a rule is what a customer is told."""

RULES = [
    ("age", lambda a: a.age >= 18, "You have to be of age."),
    ("residence", lambda a: a.resident, "We lend to people who live where we are."),
    ("left-over", lambda a: a.left_over_minor >= a.instalment_minor * 1.3, "The instalment would take too much of what is left each month."),
    ("arrears", lambda a: a.arrears_days < 30, "There is an instalment you have not paid yet."),
]


def decide(application):
    reasons = [text for _, holds, text in RULES if not holds(application)]
    return ("no", reasons) if reasons else ("yes", [])
