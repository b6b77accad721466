"""Texts of what a sample says of the whole: bounds, planning, fairness over the years."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.estimates.estimate": (
        "由抽验结果推断总体：不合格单位数的估计值及各 95% 的上下限。",
        "What samples say of all units: an estimate of the failing ones, and bounds of 95 % each.",
    ),
    "help.estimates.detect": (
        "抽多少才够：至少抽到一个不合格单位的概率，或达到某概率所需的抽样数。",
        "How many to draw: the chance to find at least one failing unit, or the least sample for a chance.",
    ),
    "help.fairness.fairness": (
        "历年公平性：两次样本的重合，递补、撤回、作废与试算。",
        "Fairness over the years: what samples share; substitutions, withdrawals, set-asides, trials.",
    ),
    "option.estimate-campaign": (
        "按某抽验批次已录入的结果推断，代替 N:n:x。",
        "Of a campaign's recorded visits, in place of N:n:x.",
    ),
    "estimate-of-what": (
        "请写出各类别的 总数:抽验数:不合格数，或用 --campaign 指明抽验批次，二者取一。",
        "Say either each stratum as UNITS:SAMPLED:FAILED, or a campaign with --campaign.",
    ),
    "estimate-visits-missing": (
        "尚不能推断总体：{strata} 还有抽中单位未录入结果、结果待签字，或抽取仍在封存。全部结果录入并签字（见 due）后再算。",
        "Nothing can be said of the whole yet: of {strata} a sampled unit has no outcome, or one that waits for signatures, or the draw is under seal. Record every visit, and have it signed, first (see `due`).",
    ),
    "estimate-columns.stratum": ("类别", "stratum"),
    "option.sampled": ("抽样数。", "How many are drawn."),
    "option.rate": (
        "抽样比例（百分之几，整数），抽样数向上取整。",
        "The rate in whole percent; the sample is rounded up.",
    ),
    "option.power": ("所要的概率（百分之几，整数）。", "The chance that is wanted, in whole percent."),
    "stratum-form": (
        "“{found}”不是一个类别的结果。应写作 总数:抽验数:不合格数，如 85:17:2；有拒绝检查的，再写 :拒绝数，如 85:17:2:1。",
        "“{found}” tells no stratum's outcome. Expected UNITS:SAMPLED:FAILED, as in 85:17:2; where some refused, with their number, as in 85:17:2:1.",
    ),
    "stratum-units": (
        "{stratum}：总数（第 1 个数）是 {found}，应为 0 至 {most}。",
        "{stratum}: the units (the first number) are {found}; expected 0 to {most}.",
    ),
    "stratum-sampled": (
        "{stratum}：抽验数（第 2 个数）是 {found}，不能超过总数 {units}。",
        "{stratum}: {found} are sampled (the second number); there are {units} units, and no more can be.",
    ),
    "stratum-failed": (
        "{stratum}：不合格数与拒绝数（第 3、4 个数）合计 {found}，不能超过抽验数 {sampled}。",
        "{stratum}: {found} failed or refused (the third and fourth number); {sampled} were sampled, and no more can.",
    ),
    "strata-count": (
        "给出了 {found} 个类别，应为 1 至 {most} 个。",
        "{found} strata were given; expected 1 to {most}.",
    ),
    "estimate-large": (
        "这里最多算 {most} 个单位（各类别合计），给出了 {found} 个。更大的请用命令 audit-service estimate。",
        "At most {most} units in all strata are reckoned with here; there are {found}. The command `audit-service estimate` takes more.",
    ),
    "plan-form": (
        "“{found}”应写作 总数:不合格数，如 85:3。",
        "“{found}” is not understood; expected UNITS:FAILING, as in 85:3.",
    ),
    "plan-one": (
        "--sampled、--rate、--power 应恰好给出一个，给出了 {found} 个。",
        "Exactly one of --sampled, --rate and --power is needed; {found} were given.",
    ),
    "plan-units": ("总数是 {found}，应为 1 至 {most}。", "There are {found} units; expected 1 to {most}."),
    "plan-failing": (
        "不合格数是 {found}，应为 1 至总数 {units}。",
        "{found} units fail; expected 1 to {units}, which are all.",
    ),
    "plan-sampled": (
        "抽样数是 {found}，应为 0 至总数 {units}。",
        "{found} are drawn; expected 0 to {units}, which are all.",
    ),
    "plan-line": (
        "{units} 个单位中如有 {failing} 个不合格，随机抽 {sampled} 个，至少抽到其中一个的概率是 {chance}。",
        "If {failing} of {units} units fail, a random sample of {sampled} holds at least one of them with a chance of {chance}.",
    ),
    "estimate-columns.units": ("总数", "units"),
    "estimate-columns.sampled": ("抽验", "sampled"),
    "estimate-columns.failed": ("不合格", "failed"),
    "estimate-columns.refused": ("拒绝", "refused"),
    "estimate-columns.rate": ("不合格率", "rate"),
    "estimate-columns.estimate": ("估计", "estimate"),
    "estimate-columns.lower": ("下限", "lower"),
    "estimate-columns.upper": ("上限", "upper"),
    "estimate-columns.guarded": ("上限（含余量）", "upper, guarded"),
    "annex-head": ("供审计附件引用：", "For the auditor's annex:"),
    "annex-found": (
        "抽验 {sampled} 个单位，其中 {failed} 个不合格。",
        "Of the {sampled} units inspected {failed} failed.",
    ),
    "annex-refused": (
        "另有 {refused} 个拒绝检查：计算上限时按不合格计，计算下限时按合格计，估计值不计。",
        "{refused} more refused: they count as failing in the upper bound, as passing in the lower one, and not in the estimate.",
    ),
    "annex-estimate": (
        "按类别加权估计，全部 {units} 个单位中约有 {estimate} 个不合格。",
        "Weighted by stratum, about {estimate} of all {units} units are estimated to fail.",
    ),
    "annex-no-estimate": (
        "有类别一个单位也没有检查成，不作估计。",
        "Of some stratum no unit was judged, so there is no estimate.",
    ),
    "annex-upper": (
        "以 95% 的把握，全部 {units} 个单位中不合格的不超过 {upper} 个；考虑到抽样名额在各地间取整，不超过 {guarded} 个。",
        "With 95 % confidence at most {upper} of all {units} units fail; at most {guarded}, allowing for the rounding of each place's share of the sample.",
    ),
    "annex-lower": (
        "以 95% 的把握，不合格的不少于 {lower} 个；考虑到名额取整，不少于 {guarded} 个。上下限各有 95% 的把握，并非两者同时有 95%。",
        "With 95 % confidence at least {lower} fail; at least {guarded}, allowing for that rounding. Each bound holds with 95 % by itself, not both together.",
    ),
    "annex-not": (
        "这是对全部单位的总体判断，只在样本按规程随机抽取时成立（定向抽查的单位不计入）。它不说明任何一地的情况，也不说明任何一个未抽到的单位；一地只抽验一两个单位，不能据此给各地排名。",
        "This is said of all units together, and holds only of units that were drawn by the protocol (targeted checks are no part of it). It says nothing of any one place, and nothing of any one unit that was not drawn; one or two visits to a place are no ground to rank places.",
    ),
    "fairness-none": ("还没有任何批次。", "There is no campaign yet."),
    "fairness-year": (
        "批次 {campaign}（{policy}）：冻结 {draws} 次；撤回 {withdraw}，作废 {set_aside}，递补 {substitute} 个单位，试算 {trial}。",
        "Campaign {campaign} ({policy}): {draws} draws frozen; withdrawn {withdraw}, set aside {set_aside}, {substitute} units substituted, {trial} trials.",
    ),
    "fairness-event": (
        "  第 {number} 号  {time}  {what}  {name}  {why}",
        "  no. {number}  {time}  {what}  {name}  {why}",
    ),
    "fairness-what.withdraw": ("撤回", "withdrawn"),
    "fairness-what.set-aside": ("作废", "set aside"),
    "fairness-what.substitute": ("递补", "substituted"),
    "fairness-what.trial": ("试算", "trial"),
    "fairness-overlap": (
        "{earlier} 与 {later}：两次都抽中 {shared} 个单位，随机应有平均 {expected} 个。",
        "{earlier} and {later}: {shared} units were drawn in both; by chance {expected} on average.",
    ),
    "fairness-chances": (
        "  同样多或更多的概率 {many}，同样少或更少的概率 {few}。",
        "  The chance of as many or more is {many}, of as few or fewer {few}.",
    ),
    "fairness-cannot-tell": (
        "  无从判断：无论结果如何，概率都不会低到足以说明什么。",
        "  It cannot tell: no outcome would have been unlikely enough to say anything.",
    ),
    "fairness-note": (
        "比较得多了，总会有概率小的结果；单个小概率不是舞弊的证据，只是值得追问的由头。",
        "Of many comparisons some come out unlikely. A small chance by itself is no proof of anything, but a reason to ask.",
    ),
    "overlap-none": (
        "{draw} 没有可比的样本：它本身须已公布且有效，同一政策下还须有更早的一次。",
        "{draw} has no sample to be compared with: it must itself stand and be public, and there must be an earlier one under the same policy.",
    ),
}
