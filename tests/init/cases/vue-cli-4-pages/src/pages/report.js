import title from '@/settings'
log('report', title.title)
