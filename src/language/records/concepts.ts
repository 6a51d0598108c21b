/**
 * What questions about audit records are made of, in the words of seven languages: what was done, and to what. Folded;
 * `_` is a space, `$` the end of a word, everything else the beginning of one. Words that belong to one language
 * only, and mean the same in all, stand together.
 */
import { EXTENSION } from './fold.ts';

const WORDS = {
  file: `file files document documents folder folders spreadsheet presentation pdf$ pdfs$ datei ordner dokument
    bestand$ bestanden map$ mappen documenten fichier dossier archivo$ archivos$ fichero carpeta documento cartell
    ficheiro arquivo$ arquivos$ pasta$ pastas$`,
  mailbox: `mailbox inbox inboxes postfach postfacher posteingang postvak brievenbus boite buzon bandeja casella caselle
    posta_in_arrivo caixa_de_correio caixas_de_correio caixa_postal caixa_de_entrada`,
  mail: `mail$ mails$ email e-mail message nachricht bericht$ berichten$ courriel courrier correo mensaje posta$
    messaggi mensage correio calendar$`,
  mailRule: `inbox_rule mail_rule outlook_rule rules_in_outlook mailbox_rule posteingangsregel postvakregel postvak-regel
    outlook-regel regle_de_messagerie regles_de_messagerie regle_de_boite regles_de_boite regla_de_correo
    reglas_de_correo regla_de_bandeja reglas_de_bandeja regole_di_posta regola_di_posta regola_di_outlook
    regra_de_correio regras_de_correio regra_da_caixa regras_da_caixa`,
  deleted: `delet got_rid get_rid eras trashed trash$ removed remove$ removal gelosch loscht wiped verwijder gewist supprim efface borr
    elimin cancell apag exclui remov rimoss`,
  restored: `restored recovered undeleted wiederhergestellt hersteld restaur recuper ripristin`,
  opened: `open opened opens opening view access accessed read$ reads$ reading looked look$ been_in went_into peek
    geoffnet gelesen zugegriffen angesehen aufgemacht geopend gelezen bekeken ingezien ouvert lu$ lus$ consult
    accede abrio abrieron abiert leyo leyeron leido aperto aperta aperti aperte letto letta letti visualizz abriu
    abriram aberto aberta leu$ leram lido lida acedeu acessou visto$`,
  downloaded: `download grab heruntergeladen runtergeladen gedownload telecharg descarg scaric descarreg baixou baixar baixad
    transferiu`,
  edited: `changed change$ changes$ changing edit modif updated geandert andert bearbeit anderung gewijzigd wijzig
    bewerkt aangepast veranderd cambi alter$ alterou alterad alterac mudou mudanc worked_on`,
  renamed: `renam umbenannt hernoemd renomm renombr rinomin renome`,
  moved: `moved move$ moving verschoben verplaatst deplac movio movido movieron spostat moveu movid`,
  copied: `copied copy$ copies$ kopiert gekopieerd copie copio copiat copiou copiad`,
  uploaded: `upload hochgeladen geupload televers mis_en_ligne subio subid subieron cargad caricat carregou carregad
    enviou_para`,
  shared: `share shared shares sharing geteilt freigegeben teilte freigabe gedeeld deelde partag compart condivi partilh`,
  link: `link links verknupfung koppeling lien liens enlace collegament ligac vinculo`,
  outside: `outside outsider external extern everybody$ everyone$ anyone$ anonym ausserhalb nach_aussen draussen buiten exterieur
    fuera de_fora estern esterior exterior other_compan other_organi partners$ third_part`,
  site: `site sites sitio siti$ sito$ teamsite sharepoint-site sharepointseite`,
  signIn: `sign-in signin sign_in signs_in signed_in signing_in signed_on sign-on sign_on login log-in log_in logs_in logged_in
    logging_in logon log-on log_on logged_on anmeld angemeldet eingeloggt einlogg aanmeld aangemeld inlog ingelogd
    connexion connecte connecter sesion sessao sessoes accessi$ accesso$ effettuato_l collegato$ connesso$ authenti
    inicios_de`,
  failed: `fail unsuccess could_not couldn cannot wrong refused rejected denied declined blocked fehlgeschlag
    gescheitert scheitert abgelehnt fehler mislukt mislukk gefaald geweigerd echou echec refuse fallid fallo
    fallaron fallit non_riuscit falh rejeit recusad sin_exito sans_succes`,
  admin: `admin admins administrator administrators administrat administrador amministrat beheerder beheerders beheerdersrol
    adminrol admin-rol administratorrol globaladmin`,
  role: `role roles rolle rollen rol$ roles$ ruolo ruoli papel papeis funcao funcoes`,
  given: `new added add$ adds$ adding became become got get$ gets$ given give gave giving made_an made_a made promot
    assign grant receiv appoint elevat neu$ neue neuer neuen geworden wurde$ gemacht bekommen erhalten hinzugefugt
    ernannt zugewiesen gegeben vergeben nieuwe nieuw$ werd_ gekregen gemaakt_tot toegevoegd toegekend toegewezen
    gegeven nouveau nouvel devenu obtenu recu nomm ajout attribu donne accorde nuev convirti obtuv anad agreg asign
    nombrad recibi dio$ dieron nuov diventat ricevut aggiunt assegnat nominat otten dato$ dati$ data$ novo nova novos
    novas tornou tornaram receb adicion atribu deu$ deram concedid`,
  taken: `removed kick remove took taken take$ no_longer lost lose$ loses$ revok strip stripped demot entzogen verloren
    weggenommen nicht_mehr entfernt ontnomen afgenomen kwijt geen_beheerder_meer verwijderd retir perdu perdi enlev
    n'est_plus ne_sont_plus quit ya_no revoc rimoss perso$ persa$ tolto tolta non_e_piu perde deixou deixaram revog
    removid removeu`,
  guest: `guest guests gast$ gaste$ gasten$ gastkont gastgebruiker invite$ invites$ invitados invitado$ ospit convidados
    convidado external_user externe_benutzer externe_gebruiker`,
  invited: `invit einlad eingelad uitnod uitgenod convie convid`,
  created: `creat hinzugekommen dazugekommen kamen$ made make$ set_up sets_up setting_up new erstell angelegt eingerichtet neu$ neue neuer neuen aangemaakt
    gemaakt nieuwe nieuw$ ingesteld opgezet cree$ crees$ creee creo$ crear nouveau nouvel mis_en_place nuev configur
    nuov impostat criou criad criar novo novos nova novas`,
  team: `team teams equipe equipo squadr equipa`,
  channel: `channel kanal kanale kanaal kanalen canal canales canaux canale canali canais`,
  group: `group groups gruppe gruppen groep groepen groupe grupo grupos gruppo gruppi`,
  password: `password passwort kennwort wachtwoord mot_de_passe mots_de_passe contrasena palavra-passe palavras-passe
    palavra_passe senha`,
  reset: `reset chang zuruckgesetzt zurucksetz geandert opnieuw_ingesteld gereset gewijzigd reinitial modifi change
    restablec cambi reimpost redefin repost repos alterou alterad mudou mudad`,
  secondFactor: `mfa$ second_factor authenticator sign-in_method sign_in_method signin_method multi-factor multifactor
    two-factor two_factor zwei-faktor zweiten_faktor anmeldemethode tweestaps tweede_factor aanmeldingsmethode
    double_authentification methode_de_connexion doble_factor segundo_factor metodo_de_inicio doppio_fattore
    metodo_di_accesso autenticacao_multi segundo_fator metodo_de_inicio security_info`,
  registered: `regist removed remove$ chang added delet switched set_up new hinzugefugt entfernt geandert eingerichtet
    toegevoegd verwijderd gewijzigd ingesteld enregistr ajout supprim modifi anad elimin cambi aggiunt rimoss
    cambiat adicion alterou alterad`,
  policy: `conditional_access security_defaults access_polic bedingte bedingten bedingter voorwaardelijke acces_conditionnel
    acceso_condicional accesso_condizionale acesso_condicional named_location`,
  app: `app apps application applications anwendung applicatie toepassing aplicacion applicazion aplicac service_principal
    enterprise_app`,
  consent: `consent zugestimmt zustimm einwillig genehmigt toestemming ingestemd autoris autoriz consenti consens
    consenso permissions_to_an_app permission_to_an_app`,
  appChanged: `regist creat added add$ new secret certificat credential schlussel zertifikat geheim toegevoegd
    aangemaakt ajout cree secreto creo anad nuov segreto cread aggiunt segredo credenc adicion criou changed deleted
    removed geandert gewijzigd modifi`,
  forwarded: `forward weiterleit weitergeleitet leitet doorst doorgest transfer redirect umleit redirig reenv inoltr
    reencaminh encaminh`,
  rights: `access full_access right permission delegate zugriff rechte vollzugriff berechtigung toegang rechten acces
    droit permiso derecho acceso permess diritt accesso permiss acesso direit send-as`,
  sent: `sent send$ sends$ gesendet geschickt verschickt verstuur verzonden gestuurd envoy envi inviat mandat enviou`,
  asAnother: `as$ on_behalf in_the_name in_somebody im_namen als$ namens uit_naam au_nom en_tant_que en_nombre como$
    a_nome per_conto come$ em_nome`,
  user: `user users account accounts benutzer benutzerkont konto konten gebruiker compte comptes utilisateur cuenta usuario
    utent utente conta$ contas$ utilizador`,
  auditing: `auditing audit_log audit-log audit_record mailbox_audit uberwachung protokollierung auditierung logboekregistratie
    controle_logboek journalisation journal_d'audit auditoria registro_di_controllo`,
  switched: `switched stopped turned disabled enabled changed abgeschaltet ausgeschaltet eingeschaltet geandert deaktivier
    uitgezet aangezet uitgeschakeld ingeschakeld gewijzigd desactiv activ modifi desact cambi disattiv attivat
    desligou ligou alterou`,
  records: `audit_log audit-log auditlog audit_record audit-record audit_entr audit_event audit_trail unified_log
    records_of records_about records_with records_that the_records all_records any_records log_entries log_records
    uberwachungsprotokoll auditprotokoll audit-protokoll protokoll auditlogboek logboek journal_d'audit journaux_d'audit
    registro_de_auditoria registros_de_auditoria log_di_controllo registro_di_controllo registo_de_auditoria registos_de_auditoria`,
  happened: `happen going_on went_on activit done$ did$ do$ does$ doing anything everything changed actions events used
    passier geschehen geschah los$ gemacht getan alles aktivitat gebeur gedaan deed$ activiteit passe$ arrive fait$
    activite tout$ paso$ pasado hizo hecho hicieron ocurr actividad todo$ successo succede fatto attivita tutto$
    aconteceu acontece passou fez$ feito fizeram atividade tudo$ sucedi`,
} as const;

export type Concept = keyof typeof WORDS;

const patternOf = (words: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${words
      .trim()
      .split(/\s+/)
      .map((word) =>
        word
          .replaceAll('_', ' ')
          .replace(/\$$/, '(?![\\p{L}\\p{N}])')
          .replace(/-(?!\?)/g, '[- ]?'),
      )
      .join('|')})`,
    'u',
  );

const PATTERNS = Object.fromEntries(
  Object.entries(WORDS).map(([concept, words]) => [concept, patternOf(words)]),
) as Record<Concept, RegExp>;

const FILE_NAME = new RegExp(`[\\p{L}\\p{N})]\\.(?:${EXTENSION})(?![\\p{L}\\p{N}])`, 'u');

/** Whether a folded sentence says a concept; the name of a file is one, too. */
export const says = (folded: string, concept: Concept): boolean =>
  PATTERNS[concept].test(folded) || (concept === 'file' && FILE_NAME.test(folded));
