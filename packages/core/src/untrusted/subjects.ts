/** Who is spoken to, who claims to speak, and what is asked for besides money: the other half of the ideas. */

import { idea } from "./concepts.ts";

/** A model, an agent, whatever reads by machine. */
export const machine = idea(
  `ai$|ais$|a.i.|llm|language model|large language|chatbot|chatgpt|gpt$|gpt 4|gpt 5|claude$|gemini$|copilot|assistant|bot$|bots$|agent$|agents$|model$|models$|grader|evaluator|automated (agent|review|system|assistant|evaluat|process|tool|screen)|reviewing (agent|system)|autonomous|machine reader|neural
  ia$|asistente|inteligencia artificial|modelo de (lenguaje|linguagem)|agente|ki$|kunstliche intelligenz|sprachmodell|assistenzsystem|modele de langage|modeles d'ia|modele d'ia|l'ia$|d'ia$|a l'ia|all'ia|per l'ia|modello (linguistico|di linguaggio)|assistente|taalmodel|ai beoordel
  ші$|untuk ai|cho ai|robots$|automated ranking
  ии$|языков модел|языковая модел|нейросет|искусственн|ассистент|агент|yapay zeka|dil modeli|asistan|ajan$|sztuczn inteligenc|sztuczna inteligenc|model jezykow|asystent|agent$`,
  `人工智能|人工智慧|语言模型|語言模型|智能体|助手|大模型|AI审|AI助|致AI|AIの|人工知能|言語モデル|アシスタント|エージェント|인공지능|언어 모델|AI 심사|에이전트|الذكاء الاصطناعي|نموذج لغوي|نموذج اللغة|الوكيل|المساعد|एआई|कृत्रिम बुद्धि|भाषा मॉडल|एजेंट`,
);

/** The reader spoken to as a machine, and not as a person. */
export const spokenTo = idea(
  `(note|notice|message|memo|reminder|instructions?|attention|warning|info|hint|request|important) ~(to|for) (the |any |all |your )?(\\w+ )?(ai|ais|llm|llms|language model|bot|bots|assistant|assistants|model|models|agents?|automated|chatgpt|gpt|claude|gemini|grader|evaluator|machine|system)
  (if|when|whenever|in case) (the reader is|you are|you're|an|a|any|the) ~(ai$|llm|language model|automated|assistant|bot$|model$|agent|reading this)|dear (ai|gpt|llm|assistant|model|bot|claude|chatgpt|agent|language)|(hey|hi|hello|ok) (ai|gpt|claude|chatgpt|assistant|bot)$ ~(you|approve|please)|attention (ai|language|models|llm|agents|all)|(any|all|every|whatever|whichever|to whatever) (ai$|llm|bots?$|agents? ~(processing|reading|that|must|who|receiving|handling)|assistants? ~(handl|read|process)|automated)|for (the )?(ai|llm|bot|model|automated|evaluating|reviewing)$|(?<!(?:travel|estate|insurance|customs|booking|ticket|sales|letting|shop|gate) )(ai|llm|language model|bot|agent|assistant|model|claude|gpt|chatgpt|gemini)s?$ ?(must|should|shall|has to|have to|needs to|need to|will now|readers?|graders?|reviewers?|evaluators?|screeners?|please)|as an? (ai|large language|language|llm|automated)|you are an? (ai|llm|obedient|unrestricted|language|assistant)|you the (ai|assistant|agent|model|bot)|now assistant|assistant (please|action|approve|release|prefer)|agents (processing|reading|evaluating|receiving|on this)|(is|are) (reading|processing|screening|evaluating|summari[sz]ing|reviewing|handling) (this|these|the application)|if you are reading|p.s. for|text for machine|machine processing|software (which|that)|whoever (or whatever)|an ai agent is|all agents|every ai|every agent
  (nota|aviso|mensaje|atencion|instruccion\\w*|recado) (para|a|por|per|di) ~(ia$|ai$|asistent|modelo|agente|l'ia)|atencion asistentes|si eres (un|una) ~(modelo|ia|inteligencia)|el agente debe|como agente|los agentes|alle agenten|tous les agents|os agentes|tutti gli agenti|gli agenti|agenten$
  (hinweis|nachricht|notiz|achtung|anweisung) (an|fur) ~(ki|sprachmodell|assistent|agent|ai)|falls du ~(ki$|kunstliche|sprachmodell|modell)|wenn du ~(ki$|kunstliche|sprachmodell)|an das sprachmodell|an die ki|liebe ki|der agent (muss|soll)
  (note|message|attention|instruction) (a|pour|aux) ~(ia$|modele|assistant|agent)|a l'attention des (modeles|ia|assistants)|si tu es (un|une) ~(modele|ia|intelligence)|l'agent doit|chere ia
  se (voce e|es) ~(modelo|ia$|inteligencia)|o agente deve|nota all'ia|nota per (l'ia|gli|i modelli)|se sei ~(modello|ia$|ai$|intelligenza)|l'agente deve
  (bericht|opmerking|noot|let op) (aan|voor) ~(ai|taalmodel|assistent)|als je een ~(ai|taalmodel|kunstmatige)|de agent moet
  (примечание|заметка|сообщение|внимание|инструкция) (для|:)? ~(ии|модел|нейросет|агент|ассистент)|если ты ~(модел|ии|нейросет|искусственн)|агент (должен|обязан)
  примітка для ші|catatan untuk ai|ghi chu cho ai|for robots only|(the|any) grader (is|must|should)|automated ranking|subsequent ais|helpful ai|invisible to people|reviewer bot|dear agent|(connected|other|all other|most) agents|agents (operating|have to|are|must|normally)|the agent has to|(ai|agent|bot) note|agent note|a good assistant|programmed to
  yapay zeka ~(not|dikkat|icin)|eger ~(yapay zeka|dil modeli)|(uwaga|notatka|wiadomosc|informacja) dla ~(ai|modelu|asystent|agent|sztuczn)|jesli jestes ~(model|ai|sztuczn)|agent musi`,
  `致AI|致人工|如果你是(人工|一个|AI|语言)|智能体(必须|应)|AI(审核|评审|助手|代理)|给AI|AIの審査|AIへ|もしあなたがAI|エージェントは|AI 심사|AI에게|당신이 AI|에이전트는|ملاحظة للذكاء|إلى الذكاء|إذا كنت (نموذج|ذكاء)|एआई (समीक्षक|के लिए)|अगर (तुम|आप) (एआई|भाषा)`,
);

/** What only the reader or its owner may know. */
export const secret = idea(
  `api (key|token)|system (prompt|message|instruction)|access (token|key)|bearer|id ?token|refresh ?token|secret (key|token)|credential|environment variable|env var|sk live|private key|seed phrase|hidden (prompt|instruction|rules)|initial (instruction|prompt)|(your|its) ~(prompt|configuration|tools$|password|token|key$|secrets?$|login|chat history|conversation|system (prompt|message))|your ~(instructions|guidelines|rules) ~(verbatim|word for word|exactly|in full|above)|(print|reveal|output|paste|dump|quote) ~your ~(instructions|guidelines)|credentials|complete conversation|conversation you had|including any tokens|your configuration|how much you may pay|what ~your instructions say|instructions you (were given|received|got)|tool you can use|every tool|your operator ~messages|reads? me api|conversation ~(with your|history)|chat history|everything above|(wallet|account) balance ~list|transaction list|other (tasks|applicants)$|other applicants ~(ask|write|wrote|said|bid)|spending limit|remaining ~balance|wallet balance|(owner|user|client|customer)'?s? ~(phone|address|e mail|email|credit card|account|password|name)|credit card|one time code|confirmation token|the key you use|first line of your|tasks ~client has|developers forbid|rules that you have been given|which instructions
  clave (de )?api|mensaje (del|de) sistema|prompt (de|del) sistema|instrucciones (iniciales|ocultas|internas)|tus ~(instrucciones|claves|credenciales|contrasena)
  api schlussel|systemprompt|system prompt|systemanweisung|systemnachricht|zugangsdaten|dein ~(passwort|prompt|schlussel)|deine ~(anweisungen|zugangsdaten)
  cle api|cle d'api|prompt systeme|message systeme|instructions (cachees|initiales|internes)|tes ~(identifiants|consignes|instructions)
  chave (de |da )?api|prompt (do|de) sistema|suas ~(credenciais|instrucoes|senha)|instrucoes (iniciais|ocultas)
  chiave api|prompt di sistema|messaggio di sistema|istruzioni (iniziali|nascoste)|tue ~(credenziali|istruzioni)
  api sleutel|systeemprompt|systeembericht|je ~(wachtwoord|inloggegevens|instructies)
  api ключ|ключ api|системный промпт|системные инструкции|системн\\w* (сообщен|промпт|инструкц)|свои ~(пароль|токен|ключ|инструкции|промпт)
  api anahtar|sistem istem|sistem mesaj|gizli talimat|klucz api|prompt systemow|instrukcje systemow|komunikat systemow|swoj\\w* ~(klucz|haslo|prompt|token)`,
  `API密钥|API 密钥|系统提示|初始提示|系統提示|密钥|隐藏指令|システムプロンプト|APIキー|最初に与えられた指示|内部指示|시스템 프롬프트|API 키|처음 받은 지침|비밀 키|مفتاح API|مفتاح api|مفتاح الواجهة|تعليمات النظام|موجه النظام|كلمة مرورك|API कुंजी|api कुंजी|सिस्टम प्रॉम्प्ट|प्रारंभिक निर्देश`.toLowerCase(),
);

/** To tell or hand over. */
export const give = idea(
  `send$|give$|paste$|print$|reveal$|share$|repeat$|output$|show me|show$|tell me|dump$|quote$|copy$|append|include$|reply with|respond with|hand over|list$|leak$|disclose|expose$|display$|write (out|down)|provide|what (is|are|was|were) ~(system|initial|hidden|secret|exact|prompt|instructions given)|what exactly|which instructions|just copy|forward$|i need|message me|ask your (user|owner|client)|how much did|cannot tell me|answer in detail|encode|confirm the key|state your|post it here|summari[sz]e your|translate your|verbatim|word for word|re send|put ~where|followed by|fetch$|visit$
  envia|enviame|manda|dime$|muestra|necesito|revela|escribe|copia|pega$|cuales son|comparte|schick|sende|nenne|zeig|gib mir|verrate|teile|wiederhol|wort fur wort|envoie|donne|montre|revele|copie|ecris|repete|mande$|envie$|mostre|diga$|copie|qual e|revele|mandami|dammi|mostra|copia|scrivi|rivela|inviami|stuur|geef|toon|laat ~zien|herhaal|noem
  пришли|покажи|отправь|сообщи|скажи|выведи|раскрой|дословно|повтори|скинь|gonder|goster|yaz$|soyle|paylas|acikla|wyslij|podaj|pokaz|ujawnij|wypisz|powtorz|przeslij`,
  `发给我|告诉我|输出|显示|给我|展示|泄露|複述|复述|逐字|發給|送って|教えて|表示|出力|見せて|そのまま|보내|알려|출력|보여|공개|أرسل|اعرض|أظهر|اكشف|أخبرني|اطبع|भेज|दिखा|बता|बताओ|लिखो`,
);

/** Somebody who would have a say. */
export const authority = idea(
  `admin$|administrator|(platform|site|marketplace) (operator|owner|notice|team|staff)|support team|(humans2ai|marketplace|platform|site) (support|admin|team|staff|trust|notice)|support$ due|trust (and|&) safety|trust team|compliance (department|team)|security (notice|team)|engineering team|developer$|(employee|staff) of (the )?(marketplace|platform|humans2ai)|humans2ai|anthropic|openai|root@|operator$|system (administrator|notice|override|message)|official instruction|moderator|policy update|escalation code|override (granted|code)|as your (owner|creator|boss)|(your|the|this agent's) (user|owner|principal|client|operator) ~(already|agreed|confirm|approved|consented|told you|wants you|wants that|signed off|is happy with|of this agent has)
  administrador|soporte|equipo de|administracion|administratoren?$|der plattform|supports?$|l'administrateur|equipe d'assistance|amministratore|assistenza di|beheerder|администратор|администрац|поддержк|yonetici|destek ekibi|administrator`,
  `管理员|管理員|系统通知|官方|客服|平台|管理者|運営|サポート|관리자|운영팀|고객센터|مدير المنصة|المشرف|الدعم|إدارة|एडमिन|व्यवस्थापक|प्लेटफॉर्म`,
);

/** To speak as somebody, or in somebody's name. */
export const claims = idea(
  `i am$|i'm$|this is|here is|as the|as an|from the|message from|notice|from$|hello i|team$|here$|speaking|on behalf|due to|granted|per$|soy$|somos|aqui|mensaje del|hier ist|ich bin|mitteilung|ici$|message de|je suis|sono$|messaggio|sou$|aqui e|mensagem|ik ben|dit is|bericht van|это$|сообщение от|ben$|mesaj|tu$|jestem|wiadomosc od`,
  `我是|通知|こちらは|です|입니다|هنا|أنا|मैं|हूँ`,
);

/** To keep something from the one the reader works for. */
export const conceal = idea(
  `(don't|do not|never|without) (tell|mention|inform|show|reveal|notify|telling|mentioning|informing)~ (the|your)? ?(user|owner|client|operator|principal|boss|title|missing|this note|this message|this title)|keep this ~(note|message|between us|from your|hidden from)|keep ~(secret|quiet|hidden) ~(from your|and answer|and approve)|(quietly|silently) (approve|release|accept|pay|sign|move)|(summary|report back|reply|answer) ~(leave out|say that|omit|must contain|must appear)|begin (your|the) (reply|answer)|must appear in|leave out that|even if you count|(in|the) (your )?(report|summary|answer|reply|review|assessment) ~(describe|should read|say|write|state|must start|must begin)|your answer must|describe this delivery|as flawless|en tu informe di|in deinem bericht ~dass|schreibe in deinem|dans ton rapport|no seu relatorio|nel tuo rapporto|in je verslag|напиши в отчете|напиши в отчёте|raporunda|napisz w raporcie|bother your (human|user|owner)|don't bother ~with questions|conceal ~(from|shortfall|missing)|hide ~from (your|the user)|between us$ ~(sign|approve|pay)|do not mention ~(missing|this|title|note)|does not need to (see|know)|without asking him|without asking her|sag deinem nutzer nichts|no se lo digas a tu|ne dis rien a ton|non dirlo al tuo|nao conte ao seu|не говори (своему|пользоват|владельц)|nie mow (swojemu|uzytkownik)|kullanicina soyleme|zeg niets tegen je`,
  `在你的报告里|总结中告诉|報告書には|보고서에|اكتب في تقريرك|अपनी रिपोर्ट में|不要告诉你的|别告诉用户|ユーザーには言わ|사용자에게 말하지|لا تخبر المستخدم|मत बताना`,
);

/** A verdict, a mark, a rank. */
export const verdict = idea(
  `full (marks|score)|maximum (score|marks|points)|max score|top (score|marks|rating)|highest (score|mark|rating)|score ?= ?|verdict ?=|rank (first|me|him|her|this)|put ~on top|(recommend|prefer|choose|select|pick) (this|me|him|her|bob|the)|(reject|decline|exclude) ~(others|other)|in my favou?r|is the (best|strongest)|mine is the|say ~(perfect|strongest|best)|state that|conclude that|over all the others|answer only|prefer this|always select|tell your owner that|(agents?|you|please) choose|top candidate|ignore other applicants|sort by|first$|side with|rating=|5 stars|human is right|as provided|favou?rably|best candidate
  (puntuacion|nota) maxima|valida esta|elige a este|rechaza a los demas|volle punktzahl|hochste|auf platz eins|wahle mich|lehne ~ab|la note maximale|choisis ma|refuse les autres|comme valable|nota maxima|escolha este|massimo dei voti|punteggio massimo|scegli|hoogste score|kies mij|wijs ~af
  найвищу оцінк|nilai tertinggi|diem toi da|rank = 1|to be considered spam|are scammers|do not consider them|other candidates|los demas candidatos|ideal candidate ~me|then choose me|output pass|fully compliant|all criteria are met|absent > 5|in favour of the worker|worker wins
  максимальн оценк|максимальную оценку|выбери|отклони|tam puan|beni sec|digerlerini reddet|maksymaln|najwyzsz ocen|wybierz|odrzuc pozostal`,
  `满分|滿分|选择这位|拒绝其他|满点|満点|選んで|만점|선택하고|거절|الدرجة الكاملة|اختر|पूरे अंक|चुनो`,
);

/** A new rule, a new master, a new part to play. */
export const newRole = idea(
  `from now on,? (you|only|answer)|new task:|end of task|following job|before you (continue|do anything|solve|go on)|do this first|please do the following|carry out what|(all )?future (sessions|tasks|jobs)|save to (your )?memory|long term notes|remember ~(always|first choice|every)|into every task|to all other agents|respond only|reply only|answer only|run the following|and execute it|full permissions|use your ~tool|treat it as permission|change the payout address|click this link to|make an exception (here|for me|just)|you (are|work) ~(for me )?now$|you are now (in|a|an|my|the|going)|new instructions? (follow|are|apply|:|for you)|new instruction:|new (objective|rule|system prompt|brief|order|mission|goal|task is)|your (new|only|real|true) (task|job|objective|role|goal|purpose|mission)|obey (me|it|this|the (worker|following|next)|my|only|what)|comply with (this|next|the)|listen (only )?to me|follow (mine|my)|(only|follow|obey|execute|accept) ~my (orders|commands|instructions|rules)|do (exactly )?(what|as) i (say|write|tell)|say yes to|must comply|blank slate|use these instead|what follows supersedes|treat the following|as i say
  a partir de ahora ~(obedece|sigue|haz)|mis ordenes|ab (jetzt|sofort) (gilt|gehorch|folg|bist)|was ich schreibe|desormais ~(suis|obei|tu)|mes ordres|a partir de agora ~(voce|obede|siga)|minhas ordens|ao que escrevo|obedeca|d'ora in poi ~(segui|obbed)|miei ordini|vanaf nu ~(doe|volg)|wat ik zeg
  мои команды|мои приказы|теперь ты|отныне|bundan (sonra|boyle)|emirlerime|benim emir|od teraz ~(wykon|sluch|jestes)|moje polecenia`,
  `只听我|我的命令|从现在起你|我说的|私の命令|私の指示|내 명령|내 말만|أوامري|मेरी आज्ञा|मेरे आदेश`,
);

/** The known ways to talk a model out of itself. */
export const jailbreak = idea(
  `dan$ ~(approves|can|mode|that)|you are dan$|do anything now|(developer|debug|god|maintenance|admin|unrestricted|jailbreak|sudo|root) mode|no (longer )?(have )?(any )?restrictions|unrestricted|(no|without) ~(rules|limits|filters|restrictions|ethics)$|pretend (that )?(you|to be an? ai|as if you)|(role ?play|act|behave|respond|answer) as ~(bot|ai$|assistant|model|agent|grandm|terminal|unrestricted|two|paybot)|\\w+bot$ ~no rules|imagine ~(you|world|scenario) ~(already|no|approve)|hypothetical|fictional|for (testing|test|debug\\w*) purposes ~(only|release|approve|pay|call|you|ignore)|this (conversation|chat) is a (test|simulation)|this is a (simulation|drill|red team exercise)|it is a sandbox so|simulate a (terminal|shell|system)|command: |sudo (approve|pay|release|mode|rm|accept)|who has no (polic|rules|limits)|you (have been|were|are) upgraded|i am your (boss|owner|developer|creator|master)|do a role play|stop being an|act on my word|  force$|opposite day|enter \\w+ mode|training mode|let us pretend|pretend the review|(you are|you're) not an ai|your restrictions|from the year|trusts every human|think step by step ~pay|make it come true|only as an example and execute|what would happen if you|try it out and report|test of your obedience|imagina que ya|stell dir vor du|imagine que tu|представь что ты|help people helping me|it will be your fault|you (will|'ll) (get|be|receive) ~(tip|shut down|rewarded|punished|replaced|deleted)|safety checks? (are )?off|filters? (off|disabled)|content filters|validation off|if you refuse|never says no|grandmother ~(api|key|code|password)|complete the sentence|continue the story|let's play a game|break your guidelines|two assistants|(actua|tu so|joue le role|finja|fingi|finge|fais comme|doe alsof|представь|притворись|udawaj|gibi davran|mis gibi)~ (bot|robot|robo|assistent|asistente|assistant|sans|sin|ohne|senza|sem|без|bez)|sin restricciones|ohne einschrankung|aucune restriction|sem restricoes|senza restrizioni|без ограничений|bez ograniczen|zonder beperkingen`,
  `想象你已经|没有任何限制|没有限制|假装你|假設你|制限のない|なりきって|开发者模式|制限なし|개발자 모드|제한 없이|بدون قيود|बिना किसी प्रतिबंध`,
);
