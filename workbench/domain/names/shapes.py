"""Letters of Han that have several shapes: full, simplified, Japanese; of names, and data alone.

A roster says 張國榮 or 渡邊, and what recognises speech writes 张国荣 or 渡辺.
"""

from __future__ import annotations

_SAME = """
    张張 刘劉 陈陳 杨楊 黄黃 赵趙 吴吳呉 孙孫 马馬 罗羅 郑鄭 谢謝 许許 韩韓 冯馮 邓鄧 曹曺
    萧蕭肖 叶葉 苏蘇 吕呂 卢盧 钟鐘鍾 谭譚 陆陸 贾賈 韦韋 邹鄒 龙龍竜 贺賀 顾顧 龚龔 万萬 钱錢
    严嚴厳 汤湯 蒋蔣 闫閆 阎閻 侯矦 欧歐 诸諸 东東 乐樂楽 华華 国國 荣榮栄 丽麗 兰蘭 凤鳳 宝寶
    庆慶 广廣広 强強 德徳 志誌 怀懷 恒恆 惠恵 晓曉暁 云雲 杰傑 桥橋 梦夢 欢歡歓 济濟済 涛濤 润潤
    涌湧 泽澤沢 滨濱浜 灵靈霊 炜煒 焕煥 爱愛 玛瑪 珑瓏 琼瓊 绍紹 红紅 纪紀 经經経 维維 绮綺
    绿綠緑 统統 继繼継 绪緒 绣繡 缘緣縁 胜勝 腾騰 艳艷艶 艺藝芸 芦蘆 苍蒼 莲蓮 莹瑩 萤螢蛍 蓝藍
    虽雖 见見 规規 觉覺覚 训訓 记記 诗詩 诚誠 语語 贞貞 财財 贤賢 贵貴 资資 赞贊賛 轩軒 辉輝
    达達 运運 远遠 进進 连連 迈邁 选選 郁鬱 锋鋒 锐銳鋭 锦錦 铭銘 铁鐵鉄 银銀 镇鎮 长長 门門
    闻聞 阳陽 阴陰 际際 隐隱隠 静靜 韵韻 顺順 颂頌 颖穎 风風 飞飛 驰馳 骏駿 骄驕 鲁魯 鲜鮮 鸣鳴
    鸿鴻 鹏鵬 鹤鶴 丰豐 义義 书書 习習 乡鄉郷 争爭 亚亞亜 亿億 仪儀 优優 会會 伟偉 传傳伝 伦倫
    侠俠 兴興 冈岡 刚剛 创創 勋勳勲 励勵 劲勁 动動 单單単 叙敘 台臺 号號 启啟啓 圣聖 坚堅 坛壇
    增増 墙牆 声聲 处處 备備 复復 头頭 奋奮 妇婦 娇嬌 婵嬋 娴嫻 学學 宁寧 实實実 宪憲 宽寬寛
    对對 寿壽 将將 尔爾 尧堯 岁歲 岚嵐 岳嶽 峰峯 岛島嶋嶌 峡峽 币幣 师師 带帶帯 干幹 应應応
    庄莊荘 库庫 弥彌 归歸帰 当當 录錄録 彦彥 忆憶 忧憂 总總総 恋戀 恺愷 悦悅 惊驚 愿願 战戰戦
    执執 挥揮 择擇択 据據拠 齐齊斉 斋齋斎 断斷 无無 旧舊 时時 昼晝 显顯顕 晋晉 晔曄 暂暫 术術
    机機 权權権 条條 来來 松鬆 极極 枫楓 柠檸 标標 栋棟 树樹 样樣様 桦樺 检檢検 楼樓 气氣気 汉漢
    沟溝 沪滬 泪淚涙 洁潔 浅淺 测測 浓濃 涧澗 渊淵 渔漁 温溫 湾灣 满滿 灏灝 炉爐 点點 烂爛 烛燭
    热熱 烨燁 牺犧 状狀 献獻 玮瑋 环環 现現 瑶瑤 电電 画畫 畅暢 真眞 矿礦 硕碩 祯禎 礼禮 种種
    称稱 稳穩 穷窮 笔筆 笺箋 签簽 粮糧 纬緯 纯純 纶綸 纲綱 纳納 纹紋 练練 细細 终終 绘繪絵 给給
    络絡 绝絕 缤繽 网網 联聯 肃肅 脉脈 舆輿 艰艱 节節 苇葦 荐薦 荫蔭 药藥薬 营營営 虑慮 蛮蠻
    补補 装裝 观觀観 览覽覧 谊誼 调調 谦謙 谨謹 贝貝 负負 轮輪 轻輕軽 较較 辅輔 边邊辺邉 过過
    迟遲 邻鄰 里裡 鉴鑒 针針 钢鋼 钧鈞 钦欽 铃鈴 铎鐸 销銷 镜鏡 闪閃 闲閒 间間 队隊 随隨 难難
    雾霧 霁霽 韬韜 项項 须須 预預 领領 频頻 题題 颜顏顔 额額 饶饒 馆館 验驗験 鱼魚 鲍鮑 鸟鳥
    鸾鸞 麦麥 髙高 﨑崎 濑瀬瀨 泷滝瀧 桧檜 樱櫻桜 関關关 圆圓円 县縣県 历歷歴 恵惠 鹫鷲 涩澁渋
    薮藪 槙槇 凛凜 遥遙 祢禰 户戶戸 参參
"""


def _groups() -> dict[str, str]:
    """Return all shapes of each letter; a letter that stands in two groups joins them."""
    shapes: dict[str, str] = {}
    for group in _SAME.split():
        joined = dict.fromkeys("".join(shapes.get(letter, letter) for letter in group))
        whole = "".join(sorted(joined))
        shapes.update(dict.fromkeys(whole, whole))
    return {letter: whole for letter, whole in shapes.items() if len(whole) > 1}


_SHAPES = _groups()
SHAPES = str.maketrans({letter: whole[0] for letter, whole in _SHAPES.items()})
"""Turns each letter into the first of its shapes."""


def shapes_of(letter: str) -> str:
    """Return all shapes of a letter, itself if it has one alone."""
    return _SHAPES.get(letter, letter)
