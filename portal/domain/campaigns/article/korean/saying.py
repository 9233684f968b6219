"""The words by which Korean sentences tell that somebody says, finds or plans something."""

import re

REPORTING = re.compile(
    r"밝혔|밝힌|말했|말한|말하|전했|전한|발표했|발표한|추산했|추산한|추산하|추정했|추정한|추정하|집계했"
    r"|집계한|보고했|보고한|설명했|설명한"
    r"|덧붙였|강조했|분석했|분석한|내다봤|지적했|지적한|주장했|주장한|주장하|호소했|답했|[다라냐자]고 했"
    r"|고 적었|고 썼|조사한 결과|털어놨|털어놓|되물었"
    r"|반문했|회상했|토로했|귀띔했|당부했|비판했|[”\"]고 한다|[”\"]라고 한다"
    r"|약속했|요구했|촉구했|권고했|해명했|인정했|시인했|경고했|예상했|전망했|진단했|제안했|우려했|예고했|조사했다"
    r"|늘리겠다고|줄이겠다고|[가-힣]겠다며|물었더니|물어보니|물은 결과"
    r"|조사했더니|돌아봤더니|살펴봤더니|세어 보니|고 봅니다|고 본다|고 봤다|고 보고 있"
)
# What somebody plans is told by whom it is planned, if that is a house.
PLANNING = re.compile(r"기로 했|기로 결정|방침이|계획이|계획입니다|예정이")
HOUSES = (
    *("정부", "부", "청", "처", "시", "군", "도", "회", "단", "재단", "단체", "센터", "기구", "연구원", "소"),
    *("연대", "은행", "기금", "본부", "모임", "연합", "감사원", "교육원"),
)
ACCORDING = re.compile(
    r"에 따르면|에 의하면|(?:조사|보고서|통계|집계|연구|설문)(?:에서| 결과)"
    r"|(?:자료|통계|조사|보고서|집계|결과|백서)[’'”」』》]?[를을] 보면"
    r"|(?:감사|점검)에서|통계로|(?:집계|추산|추정)으?로는"
)
# …가 조사해 발표한 결과에 따르면: a whole clause says who found it.
PUBLISHED = re.compile(
    r"(?:발표|조사|집계|분석|공개|실시|진행|작성|제출|공표|발간)한 (?:결과|자료|보고서)?$"
    r"|(?:(?:발표|조사|공개|실시|진행|작성|제출|공표|발간)한|내놓은|펴낸|낸|벌인)"
    r" [‘'“「『《]?(?:[가-힣]{1,12} ){0,3}[가-힣]{0,12}$"
)
# Of whom a study tells, and who says nothing that others could quote.
ASKED = frozenset(
    "주민 응답자 학생 아동 보호자 세입자 이주민 난민 시민 국민 여성 남성 노동자 환자 참여자 참가자 피해자 어린이"
    " 청소년 노인 이용자 신청자 사람 아이 청년 가구 나머지 대다수 과반 저희 제 저 내".split()
)


def is_asked(noun: str) -> bool:
    """Say whether a noun is of those whom a study asks: 주민, 응답자의 절반."""
    return noun in ASKED or noun.startswith(("절반", "과반"))
