from common.subjects import SubjectsConfig


class DecisionsConfig(SubjectsConfig):
    name = "decisions"
    verbose_name = "决策"
    subjects = ("rules", "hall", "votes", "ballots", "outcomes", "floor", "console", "minutes")
