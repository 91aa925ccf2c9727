import { mount } from 'svelte';
import '@fontsource-variable/inter/wght.css';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { createTransport } from './transport/create-transport.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the app.');
mount(App, { target, props: { transport: createTransport() } });
