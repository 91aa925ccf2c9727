import { duration } from '../format.ts';
import { budgetSeconds, type BudgetName } from '../stores/training-settings.ts';
import { strings } from '../strings.ts';

const { budgets, budgetOption } = strings.train;

/** How long a training may be told to take, each with its seconds. */
export const budgetOptions = (['draft', 'normal', 'fine', 'custom'] as const satisfies BudgetName[]).map(
  (value) => ({
    value,
    label: value === 'custom' ? budgets.custom : budgetOption(budgets[value], duration(budgetSeconds[value])),
  }),
);
