"""The words of the quiz's island and of its refusals, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def refusal(reason: str) -> str:
    """Say why nothing happened, and what to do; '' for no reason."""
    if not reason:
        return ""
    return _refusals().get(reason, _("刚才没有成功。请再试一次。"))


def _refusals() -> dict[str, str]:
    return {
        "not-open": _("答题还没有开始。请在开放时间再来。"),
        "closed": _("答题已经结束，谢谢关注。"),
        "withdrawn": _("主办方已经撤下这项活动。"),
        "too-fast": _("答得太快了。请读完题目再选。"),
        "too-many": _("请求太多了。请稍等几秒再试。"),
        "already-answered": _("这道题已经答过，请看下一题。"),
        "not-yet": _("请先答完前面的题。"),
        "finished": _("这份答卷已经完成。可以再答一份新的。"),
        "impossible-choice": _("请先选择答案，再提交。"),
        "bad-request": _("请先选择答案，再提交。"),
        "unknown-mode": _("没有这种答法。请在本页重新选择今日答卷或学习练习。"),
        "busy": _("现在答题的人很多，请稍等几秒再开始。"),
        "bad-work": _("这次没有排上。请再按一次开始。"),
        "admission-over": _("这个班级页面开得太久了。请刷新后再开始。"),
        "unknown-unit": _("这个区县或单位不在本次答题的名单里，答卷照常，只是不计入它。"),
        "forged-ticket": _("这份答卷已经失效。请重新开始一份。"),
        "unknown-release": _("这份答卷已经失效。请重新开始一份。"),
        "moved": _("服务刚刚切换，答案没有丢。请再提交一次。"),
        "try-again": _("服务正忙，答案没有丢。请再提交一次。"),
        "offline": _("网络断开了，还没有开始。连上后点“再试一次”。"),
    }


def labels() -> dict[str, object]:
    """Every word that the island shows."""
    return {
        "true": _("对"),
        "false": _("错"),
        "submit": _("提交答案"),
        "next": _("下一题"),
        "finish": _("看结果"),
        "begin": _("开始答题"),
        "retry": _("再试一次"),
        "progress": _("第 {n} 题，共 {of} 题"),
        "right": _("答对了"),
        "wrong": _("答错了"),
        "correct": _("正确答案"),
        "why": _("为什么"),
        "basis": _("依据"),
        "single": _("选一项"),
        "multiple": _("可选多项"),
        "truth": _("判断对错"),
        "tap": _("点出所有可疑之处"),
        "score": _("答对 {right} 题，共 {of} 题"),
        "passed": _("合格"),
        "failed": _("还差一点"),
        "learn": _("接下来学什么"),
        "topics": _("各专题成绩"),
        "sending": _("正在提交…"),
        "earned": _("恭喜！今天的抽奖机会到手了。"),
        "had": _("今天的抽奖机会先前已经得到，一天一次。"),
        "missed": _("合格的今日答卷才有抽奖机会。今天还可以再答。"),
        "practised": _("这是学习练习，不计抽奖机会。"),
        "chances": _("看我的抽奖机会"),
        "certificate": _("打印合格证书"),
        "kept": _("网络断了。答案存在这台手机上，请接着往下答；网络恢复后自动送出，解释随后补上。"),
        "waiting": _("全部答完了，有 {n} 个答案还存在这台手机上。连上网络后打开本页就会自动送出，解释和成绩随后补上。"),
        "pending": _("{n} 个答案待送出"),
        "sync": _("现在送出"),
        "explained": _("补上的解释"),
        "see": _("看补上的解释（{n} 题）"),
        "lost": _("存下的答案没有被接受："),
        "late": _("这些答案送到时已经过了这份答卷的最后时间，没有计入。"),
        "discard": _("知道了"),
        "chosen": _("您的答案"),
        "refusals": _refusals(),
    }
