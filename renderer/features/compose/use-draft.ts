import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../preload/contract/kinds.ts';
import { bridge, type Following } from '../../bridge.ts';
import type { ComposeStep } from '../../routes.ts';
import { useAct, type Act } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { isDraft, type Token } from '../packages/index.ts';
import { formOf, releaseOf, type Form, type PackageView, type Survey } from './form.ts';

/** Every save is an entry of the ledger, so a pause is waited for. */
const PAUSE_MS = 2000;

interface FilesChange {
  readonly add?: readonly Token<'payload'>[];
  readonly remove?: readonly string[];
  readonly describe?: Readonly<Record<string, string>>;
}

export interface Draft {
  readonly package: PackageView | undefined;
  readonly form: Form | undefined;
  /** Why it could not be read. */
  readonly failure: Failure | undefined;
  /** Why the last save did not go through; what was typed is still on the glass. */
  readonly saveFailure: Failure | undefined;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Changes the form; it is saved after a pause. */
  readonly edit: (patch: Partial<Form>) => void;
  /** Saves now what is not saved yet; answers whether everything is saved. */
  readonly save: () => Promise<boolean>;
  /** Adds files and folders: hashed, with a bar. */
  readonly adding: Act<readonly Token<'payload'>[], unknown>;
  /** Takes files out, or says what they are. */
  readonly changing: Act<FilesChange, unknown>;
  readonly survey: Survey | undefined;
  readonly dismissSurvey: () => void;
}

/**
 * A draft that is being written: read once, kept on the glass, saved by itself after a pause and
 * whenever a step is left.
 */
export function useDraft(id: string, step: ComposeStep): Draft {
  const answer = useAnswer(() => bridge.packages.show({ id }), `draft-${id}`);
  const [replied, setReplied] = useState<PackageView>();
  const [form, setForm] = useState<Form>();
  const [survey, setSurvey] = useState<Survey>();
  const [isDirty, setDirty] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [saveFailure, setSaveFailure] = useState<Failure>();
  /** What is to be saved, read by saves that run after the render that made it. */
  const latest = useRef<{ form: Form | undefined; isDirty: boolean }>({
    form: undefined,
    isDirty: false,
  });
  const chain = useRef<Promise<boolean>>(Promise.resolve(true));

  const shown = newer(answer.value, replied);
  if (form === undefined && shown?.draft !== undefined) setForm(formOf(shown.draft));

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const now = latest.current;
    if (!now.isDirty || now.form === undefined) return true;
    latest.current = { ...now, isDirty: false };
    setSaving(true);
    const reply = await bridge.packages.change({ id, release: releaseOf(now.form) });
    setSaving(false);
    if (reply.ok) {
      setReplied(reply.value.package);
      setSaveFailure(undefined);
      setDirty(latest.current.isDirty);
      return true;
    }
    latest.current = { ...latest.current, isDirty: true };
    setSaveFailure(reply.failure);
    return false;
  }, [id]);

  const save = useCallback(() => {
    chain.current = chain.current.then(saveOnce);
    return chain.current;
  }, [saveOnce]);

  const edit = useCallback((patch: Partial<Form>) => {
    setDirty(true);
    setForm((now) => (now === undefined ? now : { ...now, ...patch }));
  }, []);

  useEffect(() => {
    latest.current = { form, isDirty };
    if (!isDirty) return undefined;
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [form, isDirty, save]);

  useEffect(
    () => () => {
      void save();
    },
    [save, step],
  );

  /** One change after the other: each begins from what the last one left in the vault. */
  const change = async (asked: FilesChange, following?: Following) => {
    await save();
    const before = chain.current;
    const changing = (async () => {
      await before;
      const reply = await bridge.packages.change({ id, ...asked }, following);
      if (reply.ok) setReplied(reply.value.package);
      return reply;
    })();
    chain.current = changing.then(({ ok }) => ok);
    return changing;
  };
  const adding = useAct(async (add: readonly Token<'payload'>[], following) => {
    const reply = await change({ add }, following);
    if (reply.ok) setSurvey(reply.value.survey);
    return reply;
  });
  const changing = useAct((asked: FilesChange) => change(asked));

  return {
    package: shown,
    form,
    failure: shown === undefined ? answer.failure : undefined,
    saveFailure,
    isDirty,
    isSaving,
    edit,
    save,
    adding,
    changing,
    survey,
    dismissSurvey: useCallback(() => {
      setSurvey(undefined);
    }, []),
  };
}

/**
 * The newer of what was asked and what a save answered. Times count seconds, so a package that
 * cannot be edited any more wins: it left the drafts, or its form was fixed.
 */
function newer(asked: PackageView | undefined, replied: PackageView | undefined) {
  if (asked === undefined || replied === undefined) return asked ?? replied;
  if (!isDraft(asked.state) || asked.agreement?.isFixed === true) return asked;
  return replied.changedAt >= asked.changedAt ? replied : asked;
}
