import { understand } from '../../src/language/conversation/understand.ts';
import type { Intent, UnderstandContext } from '../../src/language/query.ts';

const WORDS = {
  en: 'who licenses history unused lost changes when groups plans errors cost duplicates records roles alert has removed',
  nl: 'wie licenties geschiedenis verloren wijzigingen wanneer kwijt gewijzigd kreeg groepen fouten kosten dubbel rollen',
  de: 'wer Lizenzen Verlauf verloren Änderungen wann geändert entfernt bekam Gruppen Fehler Kosten doppelt Rollen',
  fr: 'qui licences historique perdu changements quand modifié retiré reçu groupes erreurs coût doublons rôles',
  es: 'quién licencias historial perdió cambios cuándo cambió quitó recibió grupos errores coste duplicados roles',
  it: 'chi licenze cronologia perso modifiche quando cambiato tolto ricevuto gruppi errori costo doppie ruoli',
  pt: 'quem licenças histórico perdeu alterações quando mudou removeu recebeu grupos erros custo duplicadas funções',
} as const;

/** A language in which there are unclear sentences. */
export type Tongue = keyof typeof WORDS;

/**
 * A sentence about Rick that hardly says what is wanted, so that two readings at least are likely, each of which, with
 * its place in the list, `fits`. Which one that is changes with the model's weights. Throws where there is none.
 */
export function anUnclearSentence(
  context: UnderstandContext,
  fits: (intent: Intent, place: number) => boolean = () => true,
  tongue: Tongue = 'en',
): string {
  const words = WORDS[tongue].split(' ');
  for (const first of words) {
    for (const second of words) {
      const text = `${first} ${second} Rick`;
      const { ask, people } = understand(text, context);
      if (people.length === 1 && ask?.every(fits)) return text;
    }
  }
  throw new Error('each of the candidates is clear to the model: add other words');
}
