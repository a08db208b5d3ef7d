import { Link } from 'react-router';
import { Named, When } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';
import type { Todo } from './todos.ts';

const SHOWN = 12;

export function Waiting({ todos, nothing }: { todos: readonly Todo[]; nothing: string }) {
  if (todos.length === 0) return <p className="soft">{nothing}</p>;
  const rest = todos.length - SHOWN;
  return (
    <>
      <ul className="bare waiting">
        {todos.slice(0, SHOWN).map((todo) => (
          <li key={todo.key}>
            <Link to={todo.to} data-row>
              <span className={todo.isWords ? 'waiting-text words' : 'waiting-text'}>{todo.text}</span>
              <span className="waiting-foot sans soft">
                <span>{todo.kind}</span>
                {todo.with ? (
                  <span>
                    <Named who={todo.with} />
                  </span>
                ) : null}
                <When at={todo.at} isStop={false} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="hint">{t.today.rest(rest)}</p> : null}
    </>
  );
}
