"""F4xx: what can happen to an order on its way."""

from flowengine.language.codes.code import Code
from flowengine.language.problems import Severity

FLOW_CODES = (
    Code(
        "F401",
        "an order can get stuck",
        """
        There is a run after which nothing can happen any more: two joins wait for each
        other, or a step leads nowhere. The message tells the shortest such run, step by
        step. Decisions count as free: check asks what the arrows allow, not what data
        are likely. Where two rules on the run contradict each other, and nothing
        between them writes what they read, the help names the two branches: no order
        takes that run as the rules stand, but one may after the next change of a rule.
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {join: all, role: picker, next: [papers, dispatch]}
        papers: {join: all, role: clerk, next: [pick, dispatch]} # each waits for both
        dispatch: {join: all, next: done}
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, next: dispatch}
        papers: {role: clerk, next: dispatch}
        dispatch: {join: all, next: done}
        """,
    ),
    Code(
        "F402",
        "an order can circle with no way out",
        "From these steps no arrow leads to an end, however often they are done.",
        "wash: {role: cleaner, next: dry}\ndry: {role: cleaner, next: wash}",
        "wash: {role: cleaner, next: dry}\n"
        "dry: {role: cleaner, outcomes: {dry: done, wet: wash}}",
    ),
    Code(
        "F403",
        "an order can end with work still open",
        """
        One branch reaches an end while another is still being worked on. Bring the
        branches together with `join: all` before the end, or use `cancel`, which
        withdraws what is open.
        """,
        """
        enter: {role: clerk, next: [pick, invoice]}
        pick: {role: picker, next: done}
        invoice: {role: clerk, next: done}
        """,
        """
        enter: {role: clerk, next: [pick, invoice]}
        pick: {role: picker, next: ready}
        invoice: {role: clerk, next: ready}
        ready: {join: all, next: done}
        """,
    ),
    Code(
        "F404",
        "a step that no order reaches",
        """
        No run from the start comes to this step. An arrow to it is missing, or it is
        left over.
        """,
        "enter: {role: clerk, next: done}\ncheck: {role: lead, next: done}",
        "enter: {role: clerk, next: check}\ncheck: {role: lead, next: done}",
    ),
    Code(
        "F405",
        "a join that waits for what never comes",
        """
        `join: all` waits for every arrow that leads to it. Ways that exclude each
        other first meet in a step without any key of its own.
        """,
        """
        check: {role: lead, outcomes: {ok: dispatch, small: pack}}
        pack: {role: packer, next: dispatch}
        dispatch: {join: all, next: done}
        """,
        """
        check: {role: lead, outcomes: {ok: dispatch, small: pack}}
        pack: {role: packer, next: dispatch}
        dispatch: {next: done}
        """,
    ),
    Code(
        "F406",
        "a step can be opened twice at once",
        """
        Two branches that run at the same time both lead to this step, so it would be
        done twice for one order. With `join: all` it waits for both and is done once.
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, next: dispatch}
        papers: {role: clerk, next: dispatch}
        dispatch: {role: packer, next: done}
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, next: dispatch}
        papers: {role: clerk, next: dispatch}
        dispatch: {join: all, role: packer, next: done}
        """,
    ),
    Code(
        "F407",
        "a loop without a bound",
        """
        An order can leave this loop, but nothing makes it. `at_most` says how often
        it may go round, `then` who looks at it after that.
        """,
        "check: {role: quality, outcomes: {ok: pack, bad: pick}}",
        "check:\n  role: quality\n"
        "  outcomes: {ok: pack, bad: {next: pick, at_most: 2, then: call-customer}}",
        Severity.WARNING,
    ),
    Code(
        "F408",
        "not decided",
        """
        The process is too entangled to be decided within the limit. The message names
        the steps that could not be simplified. It may run; make it plainer all the
        same.
        """,
        "a: {role: clerk, next: [b, c, d, e, f, g, h, i]} # each with loops of its own",
        "a: {role: clerk, next: [b, c]}",
        Severity.WARNING,
    ),
    Code(
        "F409",
        "a loop in which nobody does anything",
        """
        All steps of this loop are decisions or automations, so an order would circle
        for ever at once, also where the loop can be left: nothing says that the next
        round goes otherwise. Put a task, a wait, a call or a gate into the loop.
        """,
        """
        look:
          choose:
            - when: order.ready
              next: done
            - else: look
        """,
        """
        look:
          choose:
            - when: order.ready
              next: done
            - else: rest
        rest: {wait: 2h, next: look}
        """,
    ),
    Code(
        "F410",
        "an arrow out of a parallel part",
        """
        Several branches are open at once and meet in a join further on. This arrow
        leads one of them away from that join, to an end or back before the branches
        parted, while the others stay open. To give the whole order up lead to
        `cancel`, which withdraws them; otherwise come back into the branch.
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, outcomes: {ok: ready, gone: lost}}
        papers: {role: clerk, next: ready}
        ready: {join: all, next: done}
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, outcomes: {ok: ready, gone: cancel}}
        papers: {role: clerk, next: ready}
        ready: {join: all, next: done}
        """,
    ),
    Code(
        "F411",
        "branches of a choose_all that do not meet",
        """
        `choose_all` opens every branch that holds, so several may be open at once. One
        step with `join: opened` waits for those that were opened, and every branch must
        come to it; only `else`, which is taken where none holds, goes past it.
        """,
        """
        enter:
          choose_all:
            - when: order.fragile
              next: wrap
            - when: order.abroad
              next: papers
            - else: done
        wrap: {role: packer, next: ready}
        papers: {role: clerk, next: done}
        ready: {join: opened, next: done}
        """,
        """
        enter:
          choose_all:
            - when: order.fragile
              next: wrap
            - when: order.abroad
              next: papers
            - else: done
        wrap: {role: packer, next: ready}
        papers: {role: clerk, next: ready}
        ready: {join: opened, next: done}
        """,
    ),
    Code(
        "F412",
        "a join of opened branches that something else enters",
        """
        `join: opened` waits for the branches that one `choose_all` before it has
        opened. Without such a `choose_all`, with two of them, or by an arrow from
        elsewhere into a branch, it would wait for what never comes. `else` goes past
        the join, too.
        """,
        """
        enter: {role: clerk, next: [wrap, papers]}
        wrap: {role: packer, next: ready}
        papers: {role: clerk, next: ready}
        ready: {join: opened, next: done} # no choose_all opens its branches
        """,
        """
        enter: {role: clerk, next: [wrap, papers]}
        wrap: {role: packer, next: ready}
        papers: {role: clerk, next: ready}
        ready: {join: all, next: done}
        """,
    ),
    Code(
        "F413",
        "a branch without one place of its own at its join",
        """
        A `join: opened` keeps one place for each branch: that of the one step the
        branch comes by. Where a branch comes by one of several steps, let these first
        meet in a step without any key of its own. Two branches that come by the same
        step need two such steps, or are one branch.
        """,
        """
        enter:
          choose_all:
            - when: order.fragile
              next: wrap
            - when: order.abroad
              next: papers
            - else: done
        wrap: {role: packer, outcomes: {ok: ready, big: crate}}
        crate: {role: packer, next: ready}
        papers: {role: clerk, next: ready}
        ready: {join: opened, next: done}
        """,
        """
        enter:
          choose_all:
            - when: order.fragile
              next: wrap
            - when: order.abroad
              next: papers
            - else: done
        wrap: {role: packer, outcomes: {ok: wrapped, big: crate}}
        crate: {role: packer, next: wrapped}
        wrapped: {next: ready}
        papers: {role: clerk, next: ready}
        ready: {join: opened, next: done}
        """,
    ),
    Code(
        "F414",
        "a then that does not leave the loop",
        """
        `at_most` says how often a branch may be used, `then` where it leads after that.
        From here the order comes back into the same loop, so that it can go round any
        number of times all the same.
        """,
        "check:\n  role: quality\n"
        "  outcomes: {ok: pack, bad: {next: pick, at_most: 2, then: check}}",
        "check:\n  role: quality\n"
        "  outcomes: {ok: pack, bad: {next: pick, at_most: 2, then: call-customer}}",
        Severity.WARNING,
    ),
    Code(
        "F415",
        "a gate that counts steps which do not come after it",
        """
        A gate lets an order through while fewer than `limit` orders are in the steps
        under `in`. An order takes up its place by going through the gate and gives it
        back when it has left those steps, so they come after the gate.
        """,
        """
        enter: {role: clerk, next: release}
        release: {gate: {limit: 60, in: [enter]}, next: pick}
        pick: {role: picker, next: done}
        """,
        """
        enter: {role: clerk, next: release}
        release: {gate: {limit: 60, in: [pick]}, next: pick}
        pick: {role: picker, next: done}
        """,
    ),
    Code(
        "F416",
        "an arrow to `cancel` where cancelling is over",
        """
        `until` says from where on an order cannot be cancelled, because its goods have
        left, say. An arrow to `cancel` behind it would still do what `on_cancel` says,
        such as putting back goods that are not there.
        """,
        """
        dispatch: {role: packer, next: transit}
        transit: {wait: {delivered: done, lost: cancel}}
        on_cancel: {until: dispatch, next: put-back}
        """,
        """
        dispatch: {role: packer, next: transit}
        transit: {wait: {delivered: done, lost: claim}}
        on_cancel: {until: dispatch, next: put-back}
        """,
        Severity.WARNING,
    ),
)
