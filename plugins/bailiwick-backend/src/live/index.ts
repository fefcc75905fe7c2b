export { answerList, answerValue, type ListChange } from './streamList';
