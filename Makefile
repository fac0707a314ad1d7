# Two commands: `make run` shows everything alive, `make test` proves it. `make help` names the rest.
.PHONY: help setup run test check fmt bench duel-sim drill reset new-activity
help:
	@python3 dev.py help
setup run test check fmt bench duel-sim drill reset:
	@python3 dev.py $@ $(ARGS)
new-activity:
	@python3 dev.py new-activity $(NAME)
