import { Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { switchSpotifyListening } from '../../api/actions';
import { spotifyListeningQuery } from '../../api/queries';
import { texts } from '../../texts';
import { ProblemNote } from '../../ui/problem-note';

const words = texts.spotifySettings;

/** Nothing of it happens unless someone says so here. */
export function ListeningSwitch() {
  const { data: listening } = useQuery(spotifyListeningQuery);
  const choice = useMutation({ mutationFn: switchSpotifyListening });
  if (!listening) {
    return null;
  }
  return (
    <>
      {listening.problem && <ProblemNote title={words.listeningProblem} sentence={listening.problem.message} />}
      <Switch
        label={words.listening}
        description={words.listeningHint}
        checked={choice.isPending ? choice.variables : listening.enabled}
        onChange={(event) => {
          choice.mutate(event.currentTarget.checked);
        }}
      />
    </>
  );
}
